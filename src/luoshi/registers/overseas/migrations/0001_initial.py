import django.db.models.deletion
import luoshi.foundation.places
import luoshi.foundation.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0005_credit_codes_union_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Packet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('number', models.CharField(blank=True, editable=False, max_length=10, unique=True, verbose_name='包号')),
                ('month', models.DateField(help_text='填写该月任意一天', verbose_name='所属月份')),
                ('until', models.DateField(blank=True, help_text='留空时为所属月份起 92 天', null=True, verbose_name='有效期至')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='附言')),
                ('state', models.CharField(choices=[('valid', '有效'), ('revoked', '已作废')], default='valid', editable=False, max_length=8, verbose_name='状态')),
                ('returned_on', models.DateField(blank=True, editable=False, null=True, verbose_name='最近回传日期')),
                ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='已受理条数')),
                ('refused', models.PositiveIntegerField(default=0, editable=False, verbose_name='未受理次数')),
                ('secret', luoshi.foundation.sealed.SealedField(blank=True, default='', editable=False, length=64, verbose_name='签名密钥')),
                ('person', models.ForeignKey(help_text='回传的登记以此人的账号受理', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='签发给')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '离线包',
                'indexes': [models.Index(fields=['-month', '-id'], name='packet_newest'), models.Index(fields=['returned_on', 'place'], name='packet_returned')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32)),
                ('mark', models.CharField(max_length=16)),
                ('sequence', models.PositiveIntegerField()),
                ('register', models.CharField(max_length=40)),
                ('summary', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('taken', '已受理'), ('refused', '未受理')], max_length=8)),
                ('reasons', models.TextField(blank=True)),
                ('row', models.BigIntegerField(blank=True, null=True)),
                ('on', models.DateField()),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='overseas.packet')),
            ],
            options={
                'verbose_name': '受理情况',
                'constraints': [models.UniqueConstraint(fields=('packet', 'key', 'mark', 'state'), name='one_result_a_record'), models.UniqueConstraint(condition=models.Q(('state', 'taken')), fields=('packet', 'key'), name='taken_in_once')],
            },
        ),
        migrations.CreateModel(
            name='PacketPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='标题')),
                ('text', models.TextField(max_length=60000, verbose_name='正文')),
                ('packet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='overseas.packet')),
            ],
            options={
                'verbose_name': '随包材料',
            },
        ),
        migrations.CreateModel(
            name='PostReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('quarter', models.DateField(verbose_name='季度')),
                ('reported_on', models.DateField(verbose_name='首次报送日期')),
                ('way', models.CharField(choices=[('record', '在线登记'), ('packet', '离线包'), ('contact', '联络')], max_length=8, verbose_name='报送方式')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '驻外报送',
                'indexes': [models.Index(fields=['-reported_on', '-id'], name='post_report_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'quarter'), name='one_report_a_quarter')],
            },
        ),
        migrations.CreateModel(
            name='Rotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('duty', models.CharField(max_length=60, verbose_name='岗位')),
                ('since', models.DateField(verbose_name='派驻起')),
                ('until', models.DateField(blank=True, help_text='计划的任期结束日期，未定的可以不填', null=True, verbose_name='派驻止')),
                ('handed_on', models.DateField(blank=True, null=True, verbose_name='交接完成日期')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='派驻人员')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='接任人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '派驻轮换',
                'indexes': [models.Index(fields=['-since', '-id'], name='rotation_newest'), models.Index(fields=['until', 'place'], name='rotation_ending')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'person', 'since'), name='one_term_a_start', violation_error_message='此人当天起的派驻已登记，请查找后修改'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='rotation_ends_later', violation_error_message='任期结束日期不能早于开始日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('planned_on', models.DateField(verbose_name='计划日期')),
                ('way', models.CharField(choices=[('phone', '电话'), ('video', '视频'), ('mail', '邮件'), ('visit', '实地走访')], default='phone', max_length=8, verbose_name='方式')),
                ('matter', models.CharField(max_length=200, verbose_name='联络事项')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='联络日期')),
                ('result', models.TextField(blank=True, max_length=4000, verbose_name='办理结果')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='联络人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '驻外联络',
                'indexes': [models.Index(fields=['-planned_on', '-id'], name='contact_newest'), models.Index(fields=['unit', 'planned_on'], name='contact_of_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'planned_on', 'matter'), name='contact_planned_once', violation_error_message='该驻外单位当天已有相同事项的联络，请查找后修改')],
            },
        ),
    ]
