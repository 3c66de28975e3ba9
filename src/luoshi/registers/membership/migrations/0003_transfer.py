import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0004_person_file'),
        ('membership', '0002_correction'),
    ]

    operations = [
        migrations.CreateModel(
            name='Away',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('since', models.DateField(verbose_name='外出日期')),
                ('until', models.DateField(blank=True, help_text='不确定的不填', null=True, verbose_name='预计返回日期')),
                ('where', models.CharField(choices=[('fixed', '国内，有固定地点'), ('not_fixed', '国内，无固定地点'), ('private', '因私出国（境）'), ('study', '出国（境）学习研究')], default='fixed', max_length=10, verbose_name='去向')),
                ('destination', models.CharField(help_text='国家（地区）或省市县，不填详细住址', max_length=80, verbose_name='地点')),
                ('card_number', models.CharField(blank=True, help_text='流动党员活动证的编号，没有的不填', max_length=40, verbose_name='活动证号')),
                ('last_contact_on', models.DateField(blank=True, help_text='不填时从外出日期算起', null=True, verbose_name='最近联系日期')),
                ('settled_on', models.DateField(blank=True, help_text='因私出国（境）并长期定居的，填写确认的日期', null=True, verbose_name='定居日期')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='返回日期')),
                ('lost_from', models.DateField(blank=True, editable=False, null=True, verbose_name='失去联系满六个月')),
                ('handled_on', models.DateField(blank=True, editable=False, null=True, verbose_name='处理日期')),
                ('suspended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='停止党籍日期')),
                ('suspended_lost', models.BooleanField(default=False, editable=False, verbose_name='因失去联系停止党籍')),
                ('struck_on', models.DateField(blank=True, editable=False, null=True, verbose_name='除名日期')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='联系人')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='党员')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '外出和出国（境）党员',
                'indexes': [models.Index(fields=['place', 'id'], name='away_place'), models.Index(fields=['lost_from', 'place'], name='away_lost')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('person', 'since'), name='one_leave_a_day', violation_error_message='此人当天的外出已经登记，请查找后修改原记录'), models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True), ('struck_on__isnull', True), ('withdrawn', False)), fields=('person',), name='one_open_leave_a_person', violation_error_message='此人有尚未返回的外出记录，请先登记返回'), models.CheckConstraint(condition=models.Q(('returned_on__isnull', True), ('returned_on__gte', models.F('since')), _connector='OR'), name='away_returns_later', violation_error_message='返回日期不能早于外出日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='联系日期')),
                ('means', models.CharField(choices=[('call', '电话'), ('video', '视频'), ('text', '短信、微信'), ('letter', '书信、邮件'), ('visit', '当面')], default='call', max_length=8, verbose_name='方式')),
                ('away', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='membership.away')),
            ],
            options={
                'verbose_name': '联系记录',
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('suspend', '停止党籍'), ('restore', '恢复党籍'), ('strike_off', '按自行脱党予以除名')], max_length=12, verbose_name='决定')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('paper', models.CharField(max_length=60, verbose_name='决定文号')),
                ('away', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='membership.away')),
            ],
            options={
                'verbose_name': '组织决定',
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('kind', models.CharField(choices=[('out', '转出本部'), ('in', '从外部转入'), ('within', '本部内转接')], default='out', max_length=6, verbose_name='类型')),
                ('newcomer', models.CharField(blank=True, help_text='从外部转入的新人员填写', max_length=60, verbose_name='转入人员姓名')),
                ('newcomer_number', models.CharField(blank=True, max_length=32, verbose_name='转入人员工号')),
                ('joined', models.DateField(blank=True, help_text='从外部转入时填写', null=True, verbose_name='入党日期')),
                ('post', models.CharField(blank=True, choices=[('member', '党员'), ('probationary', '预备党员')], default='member', help_text='从外部转入时选择；转出的按名册确定', max_length=16, verbose_name='党员身份')),
                ('outside', models.CharField(blank=True, help_text='转往或转自的党组织全称', max_length=120, verbose_name='外部党组织')),
                ('cause', models.CharField(choices=[('work', '工作调动'), ('study', '外出学习'), ('home', '居住地变化'), ('retired', '离退休'), ('unit', '组织调整'), ('other', '其他')], default='work', max_length=8, verbose_name='转接原因')),
                ('drafted_on', models.DateField(verbose_name='提出日期')),
                ('letter_no', models.CharField(blank=True, max_length=60, verbose_name='介绍信编号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='开具日期')),
                ('valid_days', models.PositiveSmallIntegerField(default=30, help_text='最长 90 天', verbose_name='有效期（天）')),
                ('valid_until', models.DateField(blank=True, editable=False, null=True, verbose_name='有效期至')),
                ('presented_on', models.DateField(blank=True, help_text='本人持介绍信报到的日期', null=True, verbose_name='报到日期')),
                ('accepted_on', models.DateField(blank=True, help_text='编入接收支部的日期，党员身份从这一天起转入', null=True, verbose_name='接收日期')),
                ('case_taken', models.BooleanField(default=False, verbose_name='已收到发展党员材料')),
                ('receipt_on', models.DateField(blank=True, null=True, verbose_name='回执日期')),
                ('receipt_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='回执应于何日前')),
                ('refused_on', models.DateField(blank=True, null=True, verbose_name='退回日期')),
                ('refusal', models.CharField(blank=True, max_length=200, verbose_name='退回原因')),
                ('state', models.CharField(choices=[('drafted', '待开介绍信'), ('issued', '待接收'), ('accepted', '待返回执'), ('done', '已办结'), ('refused', '已退回')], default='drafted', editable=False, max_length=10, verbose_name='状态')),
                ('issuer', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='开具单位')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='党员')),
                ('receiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='接收党支部')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '组织关系转接',
                'indexes': [models.Index(fields=['place', 'id'], name='transfer_place'), models.Index(fields=['receiver', 'state'], name='transfer_receiver'), models.Index(fields=['receipt_due_on', 'place'], name='transfer_receipt')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False), ('state__in', ('drafted', 'issued', 'refused'))), fields=('person',), name='one_transfer_a_person', violation_error_message='此人已有正在办理的转接，请在原记录上继续办理'), models.UniqueConstraint(condition=models.Q(('withdrawn', False), models.Q(('letter_no', ''), _negated=True)), fields=('issuer', 'letter_no'), name='one_letter_a_number', violation_error_message='这个编号的介绍信已经登记，请查找原记录')],
            },
        ),
    ]
