import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_posts'),
        ('organization', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('kind', models.CharField(choices=[('founded', '成立'), ('moved', '调整隶属关系'), ('merged', '合并'), ('split', '分设'), ('closed', '撤销')], max_length=8, verbose_name='事项')),
                ('on', models.DateField(verbose_name='生效日期')),
                ('document', models.CharField(max_length=120, verbose_name='批准文号')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='说明')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '组织沿革',
                'indexes': [models.Index(fields=['-on', '-id'], name='unit_change_newest')],
            },
        ),
        migrations.CreateModel(
            name='UnitSide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('from', '原组织'), ('to', '现组织')], max_length=4, verbose_name='前后')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='organization.unitchange')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '相关组织',
                'constraints': [models.UniqueConstraint(fields=('change', 'side', 'unit'), name='one_side_a_unit')],
            },
        ),
    ]
