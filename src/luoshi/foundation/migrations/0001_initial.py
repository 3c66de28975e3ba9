import django.db.models.deletion
import luoshi.foundation.files
import luoshi.foundation.places
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('stream', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('seq', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('number', models.CharField(max_length=32, unique=True, verbose_name='工号')),
                ('born', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                ('joined', models.DateField(blank=True, null=True, verbose_name='入党日期')),
                ('search', models.CharField(blank=True, editable=False, max_length=200)),
                ('strokes', models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                'verbose_name': '人员',
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stream', models.CharField(max_length=64)),
                ('seq', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(max_length=60)),
                ('verb', models.CharField(max_length=16)),
                ('register', models.CharField(max_length=40)),
                ('row', models.BigIntegerField(null=True)),
                ('unit', models.BigIntegerField(null=True)),
                ('batch', models.CharField(blank=True, max_length=40)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('data', models.TextField()),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['register', 'row'], name='foundation__registe_ddc532_idx'), models.Index(fields=['batch'], name='foundation__batch_7726de_idx')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='one_line_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('login', models.CharField(max_length=60, unique=True, verbose_name='账号')),
                ('label', models.CharField(max_length=60, verbose_name='称呼')),
                ('role', models.CharField(blank=True, max_length=60, verbose_name='角色')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('demo', models.BooleanField(default=False)),
                ('large', models.BooleanField(default=False, verbose_name='大字版')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='foundation.person')),
            ],
            options={
                'verbose_name': '账号',
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=luoshi.foundation.files.new_token, editable=False, max_length=32, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveBigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('register', models.CharField(max_length=40)),
                ('row', models.BigIntegerField(null=True)),
                ('place', luoshi.foundation.places.PlaceField(blank=True, editable=False, max_length=64)),
                ('stored_at', models.DateTimeField(auto_now_add=True)),
                ('stored_by', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['register', 'row'], name='foundation__registe_167da0_idx')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('system', models.CharField(choices=[('party', '党组织'), ('union', '工会组织'), ('league', '团组织'), ('administration', '行政单位')], default='party', max_length=16, verbose_name='系统')),
                ('body', models.CharField(choices=[('committee', '委员会'), ('general', '总支部'), ('branch', '支部'), ('group', '小组'), ('office', '机构')], default='branch', max_length=16, verbose_name='组织类型')),
                ('kind', models.CharField(choices=[('organ', '机关'), ('special', '特办'), ('direct', '直属单位'), ('society', '社团组织'), ('overseas', '驻外机构')], default='organ', max_length=16, verbose_name='类别')),
                ('temporary', models.BooleanField(default=False, verbose_name='临时')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='编码')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('since', models.DateField(verbose_name='成立日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
                ('zone', models.CharField(blank=True, max_length=40, verbose_name='当地时区')),
                ('search', models.CharField(blank=True, editable=False, max_length=400)),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64, unique=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='上级')),
            ],
            options={
                'verbose_name': '单位',
                'indexes': [models.Index(fields=['name'], name='foundation__name_04c68e_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='unit_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('post', models.CharField(choices=[('member', '党员'), ('secretary', '书记'), ('deputy', '副书记'), ('organisation', '组织委员'), ('publicity', '宣传委员'), ('discipline', '纪检委员'), ('committee', '委员'), ('group_leader', '党小组组长'), ('cadre', '党务干部'), ('official', '领导干部')], max_length=16, verbose_name='职务')),
                ('full_time', models.BooleanField(default=False, verbose_name='专职')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='姓名')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '任职',
                'indexes': [models.Index(fields=['place', 'post'], name='foundation__place_2f5e12_idx'), models.Index(fields=['unit', 'post'], name='foundation__unit_id_4b3b9e_idx')],
                'constraints': [models.UniqueConstraint(fields=('person', 'unit', 'post', 'since'), name='one_position_a_day'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='position_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='foundation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'since'], name='foundation__place_7b74aa_idx')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'since'), name='one_placement_a_day')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位'),
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(default='*', max_length=40, verbose_name='台账')),
                ('verb', models.PositiveSmallIntegerField(choices=[(1, '查看'), (2, '登记'), (3, '修改'), (4, '管理')], verbose_name='权限')),
                ('line', models.CharField(blank=True, choices=[('party', '党务'), ('union', '工会'), ('youth', '青年'), ('women', '女工'), ('discipline', '纪检')], max_length=16, verbose_name='条线')),
                ('since', models.DateField(verbose_name='起')),
                ('until', models.DateField(blank=True, null=True, verbose_name='止')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '授权',
            },
        ),
        migrations.AddField(
            model_name='account',
            name='home',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='所在单位'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['place', 'id'], name='foundation__place_7d18ef_idx'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['strokes'], name='foundation__strokes_080522_idx'),
        ),
    ]
