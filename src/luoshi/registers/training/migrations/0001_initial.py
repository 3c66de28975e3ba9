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
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=120, verbose_name='课程')),
                ('field', models.CharField(blank=True, max_length=60, verbose_name='门类')),
                ('hours', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='学时')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '课程',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'name'), name='one_course_a_name', violation_error_message='已有同名的课程，请查找后修改')],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=60, verbose_name='教室')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('seats', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='座位数')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '教室',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'name'), name='one_room_a_name', violation_error_message='已有同名的教室，请查找后修改')],
            },
        ),
        migrations.CreateModel(
            name='Teacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=60, verbose_name='教师')),
                ('organisation', models.CharField(max_length=120, verbose_name='工作单位')),
                ('field', models.CharField(blank=True, max_length=120, verbose_name='讲授领域')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '教师',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'name', 'organisation'), name='one_teacher_a_name', violation_error_message='已有这位教师，请查找后修改')],
            },
        ),
        migrations.CreateModel(
            name='TrainingClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=120, verbose_name='培训班')),
                ('kind', models.CharField(choices=[('rotation', '领导干部轮训班'), ('school', '党校班'), ('activist', '入党积极分子培训班'), ('object', '发展对象培训班'), ('secretary', '支部书记支委培训班'), ('staff', '党务干部培训班'), ('discipline', '纪检干部培训班'), ('youth', '青年能力培训班'), ('member', '党员培训班'), ('other', '其他培训班')], max_length=12, verbose_name='类别')),
                ('term', models.CharField(blank=True, help_text='如：2026年第一期第二批', max_length=30, verbose_name='期次')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('hours', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(2000)], verbose_name='学时')),
                ('days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(400)], verbose_name='培训天数')),
                ('away', models.BooleanField(default=False, verbose_name='脱产培训')),
                ('recognised', models.BooleanField(default=True, help_text='党校等脱产培训和认可的其他培训', verbose_name='计入五年轮训')),
                ('seats', models.PositiveSmallIntegerField(blank=True, help_text='不限的可以不填', null=True, verbose_name='名额')),
                ('venue', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('content', models.TextField(blank=True, verbose_name='培训内容')),
                ('state', models.CharField(choices=[('draft', '拟订中'), ('open', '报名中'), ('closed', '已截止报名'), ('ended', '已结束')], default='draft', editable=False, max_length=8, verbose_name='状态')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
            ],
            options={
                'verbose_name': '培训班',
                'indexes': [models.Index(fields=['-starts_on', '-id'], name='class_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('unit', 'name'), name='one_class_a_name', violation_error_message='本单位已有同名的培训班，请写明期次以示区别'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='class_ends_later', violation_error_message='结束日期不能早于开始日期，请核对')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('begins', models.TimeField(verbose_name='开始时间')),
                ('ends', models.TimeField(verbose_name='结束时间')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course', verbose_name='课程')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.room', verbose_name='教室')),
                ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.teacher', verbose_name='教师')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='training.trainingclass')),
            ],
            options={
                'verbose_name': '课程安排',
                'ordering': ('day', 'begins', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('withdrawn', models.BooleanField(default=False, editable=False, verbose_name='已撤回')),
                ('place', luoshi.foundation.places.PlaceField(editable=False, max_length=64)),
                ('enrolled_on', models.DateField(verbose_name='报名日期')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='参加学时')),
                ('leave_hours', models.PositiveSmallIntegerField(default=0, verbose_name='请假学时')),
                ('result', models.CharField(choices=[('enrolled', '已报名'), ('completed', '结业'), ('incomplete', '未结业'), ('left', '退学')], default='enrolled', max_length=10, verbose_name='结果')),
                ('certificate', models.CharField(blank=True, max_length=40, verbose_name='证书编号')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.person', verbose_name='姓名')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit', verbose_name='单位')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.trainingclass', verbose_name='培训班')),
            ],
            options={
                'verbose_name': '学员',
                'indexes': [models.Index(fields=['-enrolled_on', '-id'], name='enrolment_newest'), models.Index(fields=['person', 'result'], name='enrolment_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('training', 'person'), name='enrolled_once', violation_error_message='此人已在这个培训班报名，请查找后修改'), models.UniqueConstraint(condition=models.Q(('withdrawn', False), models.Q(('certificate', ''), _negated=True)), fields=('certificate',), name='one_certificate_a_number', violation_error_message='这个证书编号已经使用，请核对')],
            },
        ),
    ]
