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
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('source', models.TextField(blank=True, verbose_name='原文')),
                ('state', models.CharField(choices=[('draft', '起草'), ('issued', '已下达'), ('closed', '已总结')], default='draft', max_length=12, verbose_name='状态')),
                ('edition', models.PositiveSmallIntegerField(default=0, verbose_name='版次')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='下达日期')),
                ('declined', models.TextField(blank=True, verbose_name='不纳入的文字')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='原件')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '要点',
                'indexes': [models.Index(fields=['place', 'year'], name='plan_plan_place_9cb53d_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('edition__gte', 1), ('issued_on__isnull', False)), _connector='OR'), name='issued_plan_has_edition')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('section', models.CharField(blank=True, max_length=12, verbose_name='章节')),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='编号')),
                ('text', models.TextField(max_length=1000, verbose_name='措施')),
                ('start', models.PositiveIntegerField(default=0)),
                ('end', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('proposed', '待确认'), ('accepted', '已确认'), ('dropped', '不作措施'), ('cancelled', '已取消')], default='proposed', max_length=12, verbose_name='状态')),
                ('kind', models.CharField(blank=True, max_length=24, verbose_name='事项类别')),
                ('programme', models.CharField(blank=True, max_length=200, verbose_name='所属工程或主题')),
                ('needs', models.CharField(blank=True, max_length=200, verbose_name='待补内容')),
                ('supplied', models.CharField(blank=True, max_length=200, verbose_name='补填的名称')),
                ('timing', models.CharField(blank=True, max_length=100, verbose_name='原文时间')),
                ('since', models.DateField(blank=True, null=True, verbose_name='开始日期')),
                ('due', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='牵头单位')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='plan.plan', verbose_name='要点')),
            ],
            options={
                'verbose_name': '措施',
                'indexes': [models.Index(fields=['plan', 'start', 'id'], name='plan_measur_plan_id_c504e3_idx'), models.Index(fields=['place', 'id'], name='plan_measur_place_0b4236_idx'), models.Index(fields=['owner', 'state'], name='plan_measur_owner_i_e8e76c_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='measure_span_forward'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('due__isnull', True), ('due__gte', models.F('since')), _connector='OR'), name='measure_due_later')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='原因')),
                ('by', models.CharField(max_length=60, verbose_name='经办人')),
                ('day', models.DateField(verbose_name='日期')),
                ('data', models.JSONField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='plan.plan')),
            ],
            options={
                'verbose_name': '版本',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='one_edition_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Circular',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('period', models.CharField(max_length=24, verbose_name='月份')),
                ('number', models.PositiveSmallIntegerField(verbose_name='期号')),
                ('opening', models.TextField(blank=True, max_length=2000, verbose_name='前言')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='工作要求')),
                ('state', models.CharField(choices=[('draft', '起草'), ('issued', '已印发')], default='draft', max_length=12, verbose_name='状态')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='印发日期')),
                ('figures', models.JSONField(blank=True, null=True, verbose_name='数据')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='circulars', to='plan.plan', verbose_name='要点')),
            ],
            options={
                'verbose_name': '落实情况通报',
                'indexes': [models.Index(fields=['place', 'id'], name='plan_circul_place_77e10e_idx')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'period'), name='one_circular_a_period'), models.UniqueConstraint(fields=('plan', 'number'), name='one_circular_a_number'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('figures__isnull', False), ('issued_on__isnull', False)), _connector='OR'), name='issued_circular_is_frozen')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('day', models.DateField(verbose_name='日期')),
                ('text', models.CharField(max_length=200, verbose_name='说明')),
                ('by', models.CharField(blank=True, max_length=60, verbose_name='填写人')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='plan.measure', verbose_name='措施')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '进展说明',
                'indexes': [models.Index(fields=['place', 'id'], name='plan_remark_place_81e42b_idx'), models.Index(fields=['measure', 'day'], name='plan_remark_measure_93df97_idx')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='编号')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('level', models.PositiveSmallIntegerField(default=1, verbose_name='级别')),
                ('start', models.PositiveIntegerField(default=0)),
                ('end', models.PositiveIntegerField(default=0)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='plan.plan')),
            ],
            options={
                'verbose_name': '章节',
                'ordering': ['start', 'id'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='one_section_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='协办单位')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpers', to='plan.measure')),
            ],
            options={
                'verbose_name': '协办单位',
                'constraints': [models.UniqueConstraint(fields=('measure', 'unit'), name='one_helper_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='CountRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('C', '次数'), ('V', '覆盖面'), ('T', '按时完成'), ('M', '节点'), ('S', '状态'), ('A', '数额')], max_length=1, verbose_name='计数方式')),
                ('indicator', models.CharField(blank=True, max_length=60, verbose_name='指标')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='目标数')),
                ('tenths', models.PositiveSmallIntegerField(default=10, verbose_name='应达到几成')),
                ('words', models.CharField(blank=True, max_length=60, verbose_name='题目含有')),
                ('own', models.BooleanField(default=False, verbose_name='只计牵头单位')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='plan.measure')),
            ],
            options={
                'verbose_name': '计数规则',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('tenths__gte', 1), ('tenths__lte', 10)), name='rule_tenths')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='节点')),
                ('due', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('reached_on', models.DateField(blank=True, null=True, verbose_name='完成日期')),
                ('proof_register', models.CharField(blank=True, max_length=40, verbose_name='依据台账')),
                ('proof_row', models.BigIntegerField(blank=True, null=True, verbose_name='依据记录')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plan.measure', verbose_name='措施')),
                ('proof_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile', verbose_name='依据文件')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '节点',
                'indexes': [models.Index(fields=['place', 'id'], name='plan_milest_place_0a9560_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reached_on__isnull', True), ('proof_file__isnull', False), models.Q(('proof_row__isnull', False), models.Q(('proof_register', ''), _negated=True)), _connector='OR'), name='milestone_reached_has_proof')],
            },
        ),
    ]
