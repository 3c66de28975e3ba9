import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('year', models.PositiveSmallIntegerField(help_text='例如 2026', verbose_name='年度')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('made_on', models.DateField(verbose_name='制定日期')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='回顾日期')),
                ('review', models.TextField(blank=True, verbose_name='半年回顾')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '能力提升表',
                'indexes': [models.Index(fields=['-made_on', '-id'], name='improvement_newest'), models.Index(fields=['made_on', 'place'], name='improvement_rollup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'year'), name='one_sheet_a_year', violation_error_message='本单位本年度已有能力提升表，请在原表上修改')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(choices=[('study', '学习能力'), ('education', '教育能力'), ('innovation', '创新能力'), ('service', '服务能力')], max_length=12, verbose_name='方面')),
                ('text', models.CharField(max_length=200, verbose_name='措施')),
                ('due', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                ('result', models.CharField(blank=True, max_length=200, verbose_name='完成情况')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='organization.improvement')),
            ],
            options={
                'verbose_name': '措施',
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('number', models.PositiveSmallIntegerField(help_text='第几届，例如 3', verbose_name='届次')),
                ('elected_on', models.DateField(verbose_name='当选日期')),
                ('years', models.PositiveSmallIntegerField(blank=True, default=0, help_text='留空或填 0 时按组织类型计算：委员会 5 年，总支部、支部 3 年', verbose_name='任期（年）')),
                ('due_on', models.DateField(editable=False, verbose_name='届满日期')),
                ('lapses_on', models.DateField(editable=False)),
                ('extended_to', models.DateField(blank=True, null=True, verbose_name='延期至')),
                ('approval', models.CharField(blank=True, max_length=60, verbose_name='批准文号')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='实际换届日期')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '届次',
                'indexes': [models.Index(fields=['due_on', 'id'], name='term_due'), models.Index(fields=['place', 'elected_on'], name='term_place')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'number'), name='one_term_a_number', violation_error_message='本单位已登记过这一届，请查找后修改原记录'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('elected_on')), _connector='OR'), name='term_ends_later', violation_error_message='结束日期不能早于当选日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('visited_on', models.DateField(verbose_name='联系日期')),
                ('way', models.CharField(choices=[('visit', '实地走访'), ('call', '电话、视频'), ('meeting', '座谈'), ('office', '来访接待')], default='visit', max_length=8, verbose_name='方式')),
                ('subject', models.CharField(max_length=200, verbose_name='事项')),
                ('found', models.TextField(blank=True, verbose_name='了解到的情况')),
                ('follow_up', models.CharField(blank=True, max_length=200, verbose_name='后续事项')),
                ('follow_up_due', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='联系人')),
            ],
            options={
                'verbose_name': '联系指导',
                'indexes': [models.Index(fields=['-visited_on', '-id'], name='guidance_newest'), models.Index(fields=['visited_on', 'place'], name='guidance_rollup')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('visited_on')), _connector='OR'), name='guidance_closed_later', violation_error_message='办结日期不能早于走访日期，请核对')],
            },
        ),
    ]
