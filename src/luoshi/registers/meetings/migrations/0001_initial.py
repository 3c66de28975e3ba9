import django.db.models.deletion
import django.db.models.expressions
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('kind', models.CharField(choices=[('members', '支部党员大会'), ('committee', '支部委员会会议'), ('group', '党小组会'), ('lecture', '党课'), ('theme_day', '主题党日'), ('life', '组织生活会')], max_length=16, verbose_name='会议类型')),
                ('held_on', models.DateField(verbose_name='会议日期')),
                ('starts', models.TimeField(blank=True, null=True, verbose_name='开始时间')),
                ('venue', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('topic', models.CharField(help_text='一句话说明会议内容，例如：讨论年度计划', max_length=200, verbose_name='主题')),
                ('theme', models.CharField(blank=True, help_text='属于某项专题学习或活动时填写其名称', max_length=60, verbose_name='专题')),
                ('agenda', models.TextField(blank=True, help_text='一行一项', verbose_name='议程')),
                ('guest', models.CharField(blank=True, max_length=60, verbose_name='外请讲课人')),
                ('expected', models.PositiveIntegerField(verbose_name='应到人数')),
                ('present', models.PositiveIntegerField(verbose_name='实到人数')),
                ('observers', models.CharField(blank=True, max_length=200, verbose_name='列席人员')),
                ('discussion', models.TextField(blank=True, verbose_name='发言摘要')),
                ('decisions', models.TextField(blank=True, verbose_name='决定事项')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='主持人')),
                ('lecturer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='讲课人')),
                ('recorder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='记录人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '会议',
                'indexes': [models.Index(fields=['-held_on', '-id'], name='meeting_newest'), models.Index(fields=['kind', 'held_on', 'place'], name='meeting_rollup'), models.Index(fields=['unit', 'kind', 'held_on'], name='meeting_of_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'kind', 'held_on', 'topic'), name='meeting_recorded_once', violation_error_message='本单位当天已登记过主题相同的会议，请查找后修改原记录'), models.CheckConstraint(condition=models.Q(('present__lte', models.F('expected'))), name='meeting_present_within_expected', violation_error_message='实到人数不能多于应到人数，请核对两项')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('leave', '请假'), ('travel', '出差'), ('sick', '病假'), ('other', '其他')], default='leave', max_length=8, verbose_name='原因')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='姓名')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '缺席人员',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='absent_once')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=200, verbose_name='表决事项')),
                ('matter', models.CharField(choices=[('ordinary', '一般事项'), ('admission', '接收党员')], default='ordinary', max_length=16, verbose_name='事项类别')),
                ('entitled', models.PositiveIntegerField(verbose_name='有表决权人数')),
                ('present', models.PositiveIntegerField(verbose_name='实到有表决权人数')),
                ('yes', models.PositiveIntegerField(verbose_name='赞成')),
                ('no', models.PositiveIntegerField(default=0, verbose_name='反对')),
                ('abstain', models.PositiveIntegerField(default=0, verbose_name='弃权')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '表决',
                'constraints': [models.CheckConstraint(condition=models.Q(('present__lte', models.F('entitled'))), name='vote_present_within_entitled', violation_error_message='实到有表决权人数不能多于应到有表决权人数，请核对两项'), models.CheckConstraint(condition=models.Q(('present__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('yes'), '+', models.F('no')), '+', models.F('abstain')))), name='vote_sum_within_present', violation_error_message='赞成、反对、弃权票数之和不能多于实到人数，请核对票数')],
            },
        ),
    ]
