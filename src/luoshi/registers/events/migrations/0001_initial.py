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
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('line', models.CharField(blank=True, choices=[('party', '党务'), ('union', '工会'), ('youth', '青年'), ('women', '女工'), ('discipline', '纪检')], max_length=16, verbose_name='条线')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('planned', models.PositiveIntegerField(default=0, verbose_name='计划活动数')),
                ('brief', models.TextField(blank=True, verbose_name='活动要求')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='总结日期')),
                ('closing', models.TextField(blank=True, verbose_name='总结')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '系列活动',
                'indexes': [models.Index(fields=['-starts_on', '-id'], name='campaign_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'name'), name='one_campaign_a_name', violation_error_message='本单位已有同名的系列活动，请更换名称'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_later', violation_error_message='结束日期不能早于开始日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='活动名称')),
                ('line', models.CharField(blank=True, choices=[('party', '党务'), ('union', '工会'), ('youth', '青年'), ('women', '女工'), ('discipline', '纪检')], max_length=16, verbose_name='条线')),
                ('kind', models.CharField(choices=[('theme', '主题活动'), ('lecture', '讲座'), ('visit', '参观'), ('contest', '比赛'), ('show', '演出'), ('meeting', '会议')], default='theme', max_length=12, verbose_name='形式')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(blank=True, help_text='当天结束的可以不填', null=True, verbose_name='结束日期')),
                ('venue', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('content', models.TextField(blank=True, verbose_name='内容安排')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='不限的可以不填', null=True, verbose_name='总名额')),
                ('per_unit', models.PositiveIntegerField(blank=True, help_text='不限的可以不填', null=True, verbose_name='每单位名额')),
                ('budget', models.BigIntegerField(blank=True, null=True, verbose_name='预算（元）')),
                ('head_count', models.PositiveIntegerField(blank=True, help_text='举办之后填写', null=True, verbose_name='参加人数')),
                ('cost', models.BigIntegerField(blank=True, null=True, verbose_name='支出（元）')),
                ('state', models.CharField(choices=[('filed', '已备案'), ('open', '报名中'), ('held', '已举办'), ('cancelled', '已取消')], default='filed', editable=False, max_length=12, verbose_name='状态')),
                ('note', models.TextField(blank=True, verbose_name='活动小结')),
                ('campaign', models.ForeignKey(blank=True, limit_choices_to={'withdrawn': False}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.campaign', verbose_name='所属系列活动')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '活动',
                'indexes': [models.Index(fields=['-starts_on', '-id'], name='event_newest'), models.Index(fields=['state', 'starts_on', 'place'], name='event_rollup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'title', 'starts_on'), name='event_filed_once', violation_error_message='本单位当天已有同名活动，请查找后修改原记录'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='event_ends_later', violation_error_message='结束日期不能早于开始日期，请核对'), models.CheckConstraint(condition=models.Q(models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), models.Q(('budget__isnull', True), ('budget__gte', 0), _connector='OR')), name='event_amounts_not_negative', violation_error_message='金额不能小于 0，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Signup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('outcome', models.CharField(choices=[('signed', '已报名'), ('came', '到场'), ('away', '未到')], default='signed', max_length=8, verbose_name='到场情况')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='events.event', verbose_name='活动')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='姓名')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '报名',
                'indexes': [models.Index(fields=['event', 'outcome', 'place'], name='signup_rollup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('event', 'person'), name='signed_up_once', violation_error_message='此人已经报名，无需重复报名')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='阶段')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('brief', models.CharField(blank=True, max_length=200, verbose_name='主要内容')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='events.campaign')),
            ],
            options={
                'verbose_name': '阶段',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='stage_ends_later', violation_error_message='阶段的结束日期不能早于开始日期，请核对')],
            },
        ),
    ]
