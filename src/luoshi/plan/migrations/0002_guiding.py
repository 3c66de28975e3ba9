import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_posts'),
        ('plan', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('title', models.CharField(max_length=200, verbose_name='文件名称')),
                ('issuer', models.CharField(max_length=120, verbose_name='发文机关')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '上级文件',
                'indexes': [models.Index(fields=['place', 'received_on'], name='guiding_received')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'title'), name='one_guiding_a_title', violation_error_message='本单位已登记过这份文件，请在原记录上修改'), models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('received_on__gte', models.F('issued_on')), _connector='OR'), name='guiding_received_later', violation_error_message='收到日期不能早于印发日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='条款')),
                ('text', models.TextField(max_length=1000, verbose_name='内容')),
                ('rule_title', models.CharField(blank=True, max_length=200, verbose_name='对应制度')),
                ('rule_number', models.CharField(blank=True, max_length=60, verbose_name='制度文号')),
                ('received_on', models.DateField(editable=False, verbose_name='收到日期')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.measure', verbose_name='对应措施')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.guiding', verbose_name='上级文件')),
            ],
            options={
                'verbose_name': '文件条款',
                'indexes': [models.Index(fields=['place', 'received_on'], name='clause_received'), models.Index(fields=['document', 'id'], name='clause_of_document')],
            },
        ),
    ]
