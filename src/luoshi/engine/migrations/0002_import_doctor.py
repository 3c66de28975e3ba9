from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engine', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownHeadings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'digest'), name='one_reading_a_set_of_headings')],
            },
        ),
        migrations.AddField(
            model_name='batch',
            name='header_at',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='batch',
            name='samples',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='batch',
            name='streams',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='batch',
            name='swept',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='batchrow',
            name='mark',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AlterField(
            model_name='batch',
            name='state',
            field=models.CharField(choices=[('checking', '检查中'), ('naming', '待对应栏目'), ('ready', '待确认'), ('written', '已写入'), ('undone', '已撤销'), ('expired', '已过期')], default='checking', max_length=16),
        ),
        migrations.AlterField(
            model_name='batchrow',
            name='state',
            field=models.CharField(choices=[('new', '新增'), ('change', '更新'), ('same', '无变化'), ('repeat', '重复'), ('error', '待修改')], max_length=8),
        ),
        migrations.AddIndex(
            model_name='batchrow',
            index=models.Index(fields=['batch', 'mark'], name='engine_batc_batch_i_9dded2_idx'),
        ),
    ]
