import django.db.models.deletion
import luoshi.foundation.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engine', '0005_signing'),
        ('foundation', '0005_credit_codes_union_posts'),
        ('foundation', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('wecom', '企业微信'), ('dingtalk', '钉钉'), ('feishu', '飞书')], max_length=12, verbose_name='类型')),
                ('token', luoshi.foundation.sealed.SealedField(length=120, verbose_name='机器人地址')),
                ('told_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'kind'), name='one_robot_of_a_kind_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('done', '已办理，不再发送'), ('failed', '发送失败')], default='waiting', max_length=8)),
                ('not_before', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='engine.channel')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'not_before'], name='delivery_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('account',), name='one_mail_waits'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('channel',), name='one_robot_waits')],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', luoshi.foundation.sealed.SealedField(blank=True, length=120, verbose_name='邮箱')),
                ('by_mail', models.BooleanField(default=False, verbose_name='用邮件提醒')),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(max_length=60)),
                ('period', models.CharField(max_length=30)),
                ('stage', models.CharField(max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('read', models.BooleanField(default=False)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='foundation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'unit', 'duty', 'period', 'stage'), name='reminded_once_a_stage')],
            },
        ),
    ]
