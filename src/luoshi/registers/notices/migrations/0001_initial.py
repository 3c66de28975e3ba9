import django.core.validators
import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0005_credit_codes_union_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(max_length=5000, validators=[django.core.validators.MaxLengthValidator(5000)], verbose_name='内容')),
                ('sent_on', models.DateField(verbose_name='通知日期')),
                ('reply_by', models.DateField(blank=True, null=True, verbose_name='回复期限')),
                ('file', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='附件')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '通知',
                'indexes': [models.Index(fields=['-sent_on', '-id'], name='notice_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reply_by__isnull', True), ('reply_by__gte', models.F('sent_on')), _connector='OR'), name='notice_reply_later', violation_error_message='回复期限不能早于通知日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='NoticeReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('sent_on', models.DateField(editable=False, verbose_name='通知日期')),
                ('reply_by', models.DateField(blank=True, editable=False, null=True, verbose_name='回复期限')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('reply', models.TextField(blank=True, max_length=2000, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='回复')),
                ('replied_on', models.DateField(blank=True, null=True, verbose_name='回复日期')),
                ('file', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='附件')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='notices.notice', verbose_name='通知')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '通知回执',
                'indexes': [models.Index(fields=['sent_on', 'place'], name='receipt_sent'), models.Index(fields=['reply_by', 'place'], name='receipt_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('notice', 'unit'), name='one_receipt_a_unit', violation_error_message='该单位已在通知范围内，请直接查看它的回执'), models.CheckConstraint(condition=models.Q(('replied_on__isnull', True), ('confirmed_on__isnull', False), _connector='OR'), name='replied_is_confirmed', violation_error_message='回复之前先确认收到，请填写确认日期')],
            },
        ),
    ]
