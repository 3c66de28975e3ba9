import django.db.models.deletion
import luoshi.foundation.places
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0005_credit_codes_union_posts'),
        ('organization', '0004_operation'),
    ]

    operations = [
        migrations.AlterField(
            model_name='term',
            name='years',
            field=models.PositiveSmallIntegerField(blank=True, default=0, help_text='留空或填 0 时按组织类型计算：委员会和工会 5 年，总支部、支部 3 年', verbose_name='任期（年）'),
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('title', models.CharField(help_text='例如 2026 年度经费收支审查', max_length=120, verbose_name='审查事项')),
                ('since', models.DateField(verbose_name='审查期间起')),
                ('until', models.DateField(verbose_name='审查期间止')),
                ('reviewed_on', models.DateField(verbose_name='审查日期')),
                ('result', models.TextField(verbose_name='审查意见')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '经费审查',
                'indexes': [models.Index(fields=['-reviewed_on', '-id'], name='audit_newest'), models.Index(fields=['reviewed_on', 'place'], name='audit_rollup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'since', 'title'), name='one_audit_a_period', violation_error_message='这一期间的同名审查已登记，请查找后修改原记录'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='audit_ends_later', violation_error_message='审查期间的止日不能早于起日，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='发现的问题')),
                ('due', models.DateField(blank=True, null=True, verbose_name='整改期限')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='整改完成日期')),
                ('how', models.CharField(blank=True, max_length=300, verbose_name='整改情况')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='organization.audit')),
            ],
            options={
                'verbose_name': '审查发现',
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('declared_on', models.DateField(verbose_name='声明日期')),
                ('stated', models.CharField(choices=[('none', '没有应当回避的情形'), ('some', '有应当回避的情形，已报告')], max_length=4, verbose_name='声明内容')),
                ('paper', models.CharField(blank=True, help_text='纸质声明书的归档号', max_length=60, verbose_name='声明书编号')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='姓名')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '回避声明',
                'indexes': [models.Index(fields=['-declared_on', '-id'], name='recusal_newest'), models.Index(fields=['declared_on', 'place'], name='recusal_rollup')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('person', 'declared_on'), name='one_recusal_a_day', violation_error_message='此人当天的回避声明已登记，请查找后修改原记录')],
            },
        ),
    ]
