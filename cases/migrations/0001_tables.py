"""Cases, and the versions of referrals and assessments, which never change but to be superseded.

No live record is stored before its partner has confirmed the agreement, and none for a partner that has a successor.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cases.fields
from core.install import (
    HISTORY, CreateModels, InstallSQL, append_only, check_added, check_at_commit, check_insert, date, date_versions, grant, steps,
)

RECORDS = ("cases_referral", "cases_assessment")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("organisations", "0001_tables"),
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('token', models.CharField(max_length=11)),
                    ('test', models.BooleanField(default=False)),
                    ('token_unknown', models.BooleanField(default=False)),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'indexes': [models.Index(fields=['test', '-opened_at'], name='case_opened_at')],
                    'constraints': [models.UniqueConstraint(fields=('token', 'test'), name='case_token')],
                },
            ),
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('version', models.PositiveIntegerField()),
                    ('outcome', models.CharField(max_length=32)),
                    ('decided_by', models.CharField(max_length=32)),
                    ('decided_in', models.DateField(null=True)),
                    ('reflection', models.CharField(default='_N', max_length=32)),
                    ('reflection_days', models.CharField(default='_N', max_length=32)),
                    ('prepared_return', models.CharField(default='_N', max_length=32)),
                    ('residence_outcome', models.CharField(default='_N', max_length=32)),
                    ('verified_gender', models.CharField(default='_N', max_length=32)),
                    ('verified_age_band', models.CharField(default='_N', max_length=32)),
                    ('verified_citizenship', models.CharField(default='_N', max_length=32)),
                    ('verified_exploitation', models.CharField(default='_N', max_length=32)),
                    ('verified_exploitation_detail', models.CharField(default='_N', max_length=32)),
                    ('schema_version', models.CharField(default='1.0', max_length=8)),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                    ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ],
                options={
                    'indexes': [models.Index(models.F('decided_in'), name='assessment_period')],
                    'constraints': [models.UniqueConstraint(fields=('case', 'partner', 'version'), name='assessment_version'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('case', 'partner'), name='assessment_current'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='assessment_version_from_1'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='assessment_superseded_later'), models.CheckConstraint(condition=models.Q(('outcome__in', ['PENDING', 'IDENTIFIED', 'NOT_IDENTIFIED', 'INSUFFICIENT', 'DECLINED', 'LOST_CONTACT', 'TRANSFERRED'])), name='assessment_outcome_code'), models.CheckConstraint(condition=models.Q(('decided_by__in', ['CENTRE', 'IMMIGRATION_SERVICE', 'SIRI', 'COURT', '_Z'])), name='assessment_decided_by_code'), models.CheckConstraint(condition=models.Q(('decided_in__day', 1)), name='assessment_decided_in_month'), models.CheckConstraint(condition=models.Q(('reflection__in', ['NOT_OFFERED', 'OFFERED_DECLINED', 'REFLECTION', 'RESTITUTION', '_U', '_N'])), name='assessment_reflection_code'), models.CheckConstraint(condition=models.Q(('reflection_days__in', ['D_LE30', 'D31T120', 'D_GT120', '_Z', '_U', '_N'])), name='assessment_reflection_days_code'), models.CheckConstraint(condition=models.Q(('prepared_return__in', ['NOT_OFFERED', 'DECLINED', 'ACCEPTED', 'LEFT_PROGRAMME', 'COMPLETED', '_U', '_N'])), name='assessment_prepared_return_code'), models.CheckConstraint(condition=models.Q(('residence_outcome__in', ['NONE', 'PERMIT_INVESTIGATION', 'ASYLUM', 'OTHER_PERMIT', '_U', '_N'])), name='assessment_residence_outcome_code'), models.CheckConstraint(condition=models.Q(('verified_gender__in', ['F', 'M', 'X', '_U', '_N'])), name='assessment_verified_gender_code'), models.CheckConstraint(condition=models.Q(('verified_age_band__in', ['Y0T11', 'Y12T14', 'Y15T17', 'Y18T24', 'Y25T34', 'Y35T44', 'Y45T54', 'Y_GE55', '_U_MINOR', '_U_ADULT', '_U', '_N'])), name='assessment_verified_age_band_code'), models.CheckConstraint(condition=models.Q(('verified_citizenship__in', ['AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AQ', 'AR', 'AS', 'AT', 'AU', 'AW', 'AX', 'AZ', 'BA', 'BB', 'BD', 'BE', 'BF', 'BG', 'BH', 'BI', 'BJ', 'BL', 'BM', 'BN', 'BO', 'BQ', 'BR', 'BS', 'BT', 'BV', 'BW', 'BY', 'BZ', 'CA', 'CC', 'CD', 'CF', 'CG', 'CH', 'CI', 'CK', 'CL', 'CM', 'CN', 'CO', 'CR', 'CU', 'CV', 'CW', 'CX', 'CY', 'CZ', 'DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'EC', 'EE', 'EG', 'EH', 'ER', 'ES', 'ET', 'FI', 'FJ', 'FK', 'FM', 'FO', 'FR', 'GA', 'GB', 'GD', 'GE', 'GF', 'GG', 'GH', 'GI', 'GL', 'GM', 'GN', 'GP', 'GQ', 'GR', 'GS', 'GT', 'GU', 'GW', 'GY', 'HK', 'HM', 'HN', 'HR', 'HT', 'HU', 'ID', 'IE', 'IL', 'IM', 'IN', 'IO', 'IQ', 'IR', 'IS', 'IT', 'JE', 'JM', 'JO', 'JP', 'KE', 'KG', 'KH', 'KI', 'KM', 'KN', 'KP', 'KR', 'KW', 'KY', 'KZ', 'LA', 'LB', 'LC', 'LI', 'LK', 'LR', 'LS', 'LT', 'LU', 'LV', 'LY', 'MA', 'MC', 'MD', 'ME', 'MF', 'MG', 'MH', 'MK', 'ML', 'MM', 'MN', 'MO', 'MP', 'MQ', 'MR', 'MS', 'MT', 'MU', 'MV', 'MW', 'MX', 'MY', 'MZ', 'NA', 'NC', 'NE', 'NF', 'NG', 'NI', 'NL', 'NO', 'NP', 'NR', 'NU', 'NZ', 'OM', 'PA', 'PE', 'PF', 'PG', 'PH', 'PK', 'PL', 'PM', 'PN', 'PR', 'PS', 'PT', 'PW', 'PY', 'QA', 'RE', 'RO', 'RS', 'RU', 'RW', 'SA', 'SB', 'SC', 'SD', 'SE', 'SG', 'SH', 'SI', 'SJ', 'SK', 'SL', 'SM', 'SN', 'SO', 'SR', 'SS', 'ST', 'SV', 'SX', 'SY', 'SZ', 'TC', 'TD', 'TF', 'TG', 'TH', 'TJ', 'TK', 'TL', 'TM', 'TN', 'TO', 'TR', 'TT', 'TV', 'TW', 'TZ', 'UA', 'UG', 'UM', 'US', 'UY', 'UZ', 'VA', 'VC', 'VE', 'VG', 'VI', 'VN', 'VU', 'WF', 'WS', 'YE', 'YT', 'ZA', 'ZM', 'ZW', 'XK', '_STATELESS', '_U', '_N'])), name='assessment_verified_citizenship_code'), models.CheckConstraint(condition=models.Q(('verified_exploitation__in', ['SEXUAL', 'LABOUR', 'CRIMINAL', 'SLAVERY', 'ORGAN', 'BEGGING', 'MARRIAGE', 'ADOPTION', 'SURROGACY', 'DOMESTIC', 'MILITARY', '_O', '_U', '_N'])), name='assessment_verified_exploitation_code'), models.CheckConstraint(condition=models.Q(('verified_exploitation_detail__in', ['SEXUAL_STREET', 'SEXUAL_CLINIC', 'SEXUAL_ESCORT_ONLINE', 'SEXUAL_PORNOGRAPHY', 'SEXUAL_REMOTE', 'SEXUAL_PRIVATE', 'LABOUR_A', 'LABOUR_B', 'LABOUR_C', 'LABOUR_D', 'LABOUR_E', 'LABOUR_F', 'LABOUR_G', 'LABOUR_H', 'LABOUR_I', 'LABOUR_J', 'LABOUR_K', 'LABOUR_L', 'LABOUR_M', 'LABOUR_N', 'LABOUR_O', 'LABOUR_P', 'LABOUR_Q', 'LABOUR_R', 'LABOUR_S', 'LABOUR_T', 'LABOUR_CLEANING', 'LABOUR_FISHING', 'CRIMINAL_THEFT', 'CRIMINAL_DRUGS', 'CRIMINAL_CANNABIS', 'CRIMINAL_FRAUD', 'CRIMINAL_OTHER', '_Z', '_U', '_N'])), name='assessment_verified_exploitation_detail_code')],
                },
            ),
            migrations.CreateModel(
                name='InventedData',
                fields=[
                    ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                    ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'default_permissions': (),
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='inventeddata_once')],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reference', models.UUIDField()),
                    ('version', models.PositiveIntegerField()),
                    ('status', models.CharField(max_length=16)),
                    ('referred_in', models.DateField()),
                    ('region', models.CharField(max_length=32)),
                    ('setting', models.CharField(max_length=32)),
                    ('detected_by', models.CharField(max_length=32)),
                    ('gender', models.CharField(max_length=32)),
                    ('age_band', models.CharField(max_length=32)),
                    ('minor_when_exploited', models.CharField(max_length=32)),
                    ('citizenship', models.CharField(max_length=32)),
                    ('residence_basis', models.CharField(max_length=32)),
                    ('exploitation', models.CharField(max_length=32)),
                    ('exploitation_also', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=cases.fields.not_asked)),
                    ('exploitation_detail', models.CharField(default='_N', max_length=32)),
                    ('exploited_in', models.CharField(max_length=32)),
                    ('means_of_control', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=cases.fields.not_asked)),
                    ('recruiter', models.CharField(default='_N', max_length=32)),
                    ('duration', models.CharField(default='_N', max_length=32)),
                    ('unaccompanied_minor', models.CharField(default='_N', max_length=32)),
                    ('guardian_assigned', models.CharField(default='_N', max_length=32)),
                    ('services_needed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=cases.fields.not_asked)),
                    ('services_given', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=cases.fields.not_asked)),
                    ('previously_referred', models.CharField(default='_N', max_length=32)),
                    ('consent', models.CharField(max_length=32)),
                    ('reason_code', models.CharField(default='_Z', max_length=32)),
                    ('schema_version', models.CharField(default='1.0', max_length=8)),
                    ('recorded_at', models.DateTimeField()),
                    ('superseded_at', models.DateTimeField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                    ('client', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                    ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='partners.partner')),
                ],
                options={
                    'indexes': [models.Index(models.F('partner'), models.F('recorded_at'), models.F('id'), condition=models.Q(('superseded_at', None)), name='referral_pages'), models.Index(models.F('referred_in'), name='referral_period'), models.Index(models.F('partner'), models.F('referred_in'), name='referral_months')],
                    'constraints': [models.UniqueConstraint(fields=('partner', 'reference', 'version'), name='referral_version'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('partner', 'reference'), name='referral_current'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='referral_version_from_1'), models.CheckConstraint(condition=models.Q(('status__in', ['reported', 'corrected', 'withdrawn'])), name='referral_status_code'), models.CheckConstraint(condition=models.Q(('superseded_at__gte', models.F('recorded_at'))), name='referral_superseded_later'), models.CheckConstraint(condition=models.Q(models.Q(('reason_code__in', ('DUPLICATE', 'ENTERED_IN_ERROR', 'CONSENT_WITHDRAWN', 'NOT_A_REFERRAL', '_O')), ('status', 'withdrawn')), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('reason_code', '_Z')), _connector='OR'), name='referral_reason_code'), models.CheckConstraint(condition=models.Q(('referred_in__day', 1)), name='referral_referred_in_month'), models.CheckConstraint(condition=models.Q(('region__in', ['DK01', 'DK02', 'DK03', 'DK04', 'DK05', 'ABROAD', '_U'])), name='referral_region_code'), models.CheckConstraint(condition=models.Q(('setting__in', ['STREET', 'MASSAGE_CLINIC', 'ESCORT_ONLINE', 'WORKPLACE', 'PRIVATE_HOME', 'ASYLUM_CENTRE', 'DETENTION', 'POLICE_ACTION', 'DROP_IN', 'HEALTH_CLINIC', 'SHELTER', 'BORDER', '_O', '_U'])), name='referral_setting_code'), models.CheckConstraint(condition=models.Q(('detected_by__in', ['POLICE', 'IMMIGRATION', 'RETURN_AGENCY', 'TAX', 'LABOUR_INSPECTION', 'PRISON_PROBATION', 'MUNICIPALITY', 'ASYLUM_OPERATOR', 'HEALTH', 'EDUCATION', 'NGO', 'UNION', 'EMBASSY', 'HOTLINE', 'SELF', 'CITIZEN', '_O', '_U'])), name='referral_detected_by_code'), models.CheckConstraint(condition=models.Q(('gender__in', ['F', 'M', 'X', '_U'])), name='referral_gender_code'), models.CheckConstraint(condition=models.Q(('age_band__in', ['Y0T11', 'Y12T14', 'Y15T17', 'Y18T24', 'Y25T34', 'Y35T44', 'Y45T54', 'Y_GE55', '_U_MINOR', '_U_ADULT', '_U'])), name='referral_age_band_code'), models.CheckConstraint(condition=models.Q(('minor_when_exploited__in', ['YES', 'NO', '_Z', '_U'])), name='referral_minor_when_exploited_code'), models.CheckConstraint(condition=models.Q(('citizenship__in', ['AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AQ', 'AR', 'AS', 'AT', 'AU', 'AW', 'AX', 'AZ', 'BA', 'BB', 'BD', 'BE', 'BF', 'BG', 'BH', 'BI', 'BJ', 'BL', 'BM', 'BN', 'BO', 'BQ', 'BR', 'BS', 'BT', 'BV', 'BW', 'BY', 'BZ', 'CA', 'CC', 'CD', 'CF', 'CG', 'CH', 'CI', 'CK', 'CL', 'CM', 'CN', 'CO', 'CR', 'CU', 'CV', 'CW', 'CX', 'CY', 'CZ', 'DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'EC', 'EE', 'EG', 'EH', 'ER', 'ES', 'ET', 'FI', 'FJ', 'FK', 'FM', 'FO', 'FR', 'GA', 'GB', 'GD', 'GE', 'GF', 'GG', 'GH', 'GI', 'GL', 'GM', 'GN', 'GP', 'GQ', 'GR', 'GS', 'GT', 'GU', 'GW', 'GY', 'HK', 'HM', 'HN', 'HR', 'HT', 'HU', 'ID', 'IE', 'IL', 'IM', 'IN', 'IO', 'IQ', 'IR', 'IS', 'IT', 'JE', 'JM', 'JO', 'JP', 'KE', 'KG', 'KH', 'KI', 'KM', 'KN', 'KP', 'KR', 'KW', 'KY', 'KZ', 'LA', 'LB', 'LC', 'LI', 'LK', 'LR', 'LS', 'LT', 'LU', 'LV', 'LY', 'MA', 'MC', 'MD', 'ME', 'MF', 'MG', 'MH', 'MK', 'ML', 'MM', 'MN', 'MO', 'MP', 'MQ', 'MR', 'MS', 'MT', 'MU', 'MV', 'MW', 'MX', 'MY', 'MZ', 'NA', 'NC', 'NE', 'NF', 'NG', 'NI', 'NL', 'NO', 'NP', 'NR', 'NU', 'NZ', 'OM', 'PA', 'PE', 'PF', 'PG', 'PH', 'PK', 'PL', 'PM', 'PN', 'PR', 'PS', 'PT', 'PW', 'PY', 'QA', 'RE', 'RO', 'RS', 'RU', 'RW', 'SA', 'SB', 'SC', 'SD', 'SE', 'SG', 'SH', 'SI', 'SJ', 'SK', 'SL', 'SM', 'SN', 'SO', 'SR', 'SS', 'ST', 'SV', 'SX', 'SY', 'SZ', 'TC', 'TD', 'TF', 'TG', 'TH', 'TJ', 'TK', 'TL', 'TM', 'TN', 'TO', 'TR', 'TT', 'TV', 'TW', 'TZ', 'UA', 'UG', 'UM', 'US', 'UY', 'UZ', 'VA', 'VC', 'VE', 'VG', 'VI', 'VN', 'VU', 'WF', 'WS', 'YE', 'YT', 'ZA', 'ZM', 'ZW', 'XK', '_STATELESS', '_U'])), name='referral_citizenship_code'), models.CheckConstraint(condition=models.Q(('residence_basis__in', ['DK_CITIZEN', 'EU_FREE_MOVEMENT', 'PERMIT_FAMILY', 'PERMIT_WORK', 'PERMIT_STUDY', 'PERMIT_OTHER', 'TEMPORARY_PROTECTION', 'ASYLUM_SEEKER', 'VISA_OR_EXEMPT', 'NO_LEGAL_STAY', '_U'])), name='referral_residence_basis_code'), models.CheckConstraint(condition=models.Q(('exploitation__in', ['SEXUAL', 'LABOUR', 'CRIMINAL', 'SLAVERY', 'ORGAN', 'BEGGING', 'MARRIAGE', 'ADOPTION', 'SURROGACY', 'DOMESTIC', 'MILITARY', '_O', '_U'])), name='referral_exploitation_code'), models.CheckConstraint(condition=models.Q(('exploitation_also__contained_by', ['SEXUAL', 'LABOUR', 'CRIMINAL', 'SLAVERY', 'ORGAN', 'BEGGING', 'MARRIAGE', 'ADOPTION', 'SURROGACY', 'DOMESTIC', 'MILITARY', '_O', '_U']), ('exploitation_also', ['_N']), _connector='OR'), name='referral_exploitation_also_code'), models.CheckConstraint(condition=models.Q(('exploitation_detail__in', ['SEXUAL_STREET', 'SEXUAL_CLINIC', 'SEXUAL_ESCORT_ONLINE', 'SEXUAL_PORNOGRAPHY', 'SEXUAL_REMOTE', 'SEXUAL_PRIVATE', 'LABOUR_A', 'LABOUR_B', 'LABOUR_C', 'LABOUR_D', 'LABOUR_E', 'LABOUR_F', 'LABOUR_G', 'LABOUR_H', 'LABOUR_I', 'LABOUR_J', 'LABOUR_K', 'LABOUR_L', 'LABOUR_M', 'LABOUR_N', 'LABOUR_O', 'LABOUR_P', 'LABOUR_Q', 'LABOUR_R', 'LABOUR_S', 'LABOUR_T', 'LABOUR_CLEANING', 'LABOUR_FISHING', 'CRIMINAL_THEFT', 'CRIMINAL_DRUGS', 'CRIMINAL_CANNABIS', 'CRIMINAL_FRAUD', 'CRIMINAL_OTHER', '_Z', '_U', '_N'])), name='referral_exploitation_detail_code'), models.CheckConstraint(condition=models.Q(('exploited_in__in', ['DENMARK', 'ABROAD', 'BOTH', 'NOT_YET', '_U'])), name='referral_exploited_in_code'), models.CheckConstraint(condition=models.Q(('means_of_control__contained_by', ['DEBT_BONDAGE', 'TAKES_EARNINGS', 'RESTRICTS_FINANCIAL_ACCESS', 'THREATS', 'PSYCHOLOGICAL_ABUSE', 'PHYSICAL_ABUSE', 'SEXUAL_ABUSE', 'FALSE_PROMISES', 'PSYCHOACTIVE_SUBSTANCES', 'RESTRICTS_MOVEMENT', 'RESTRICTS_MEDICAL_CARE', 'EXCESSIVE_WORKING_HOURS', 'USES_CHILDREN', 'THREAT_OF_LAW_ENFORCEMENT', 'WITHHOLDS_NECESSITIES', 'WITHHOLDS_DOCUMENTS', '_O']), ('means_of_control', ['_N']), _connector='OR'), name='referral_means_of_control_code'), models.CheckConstraint(condition=models.Q(('recruiter__in', ['PARTNER', 'FAMILY', 'FRIEND', 'ACQUAINTANCE', 'EMPLOYER', 'BROKER', 'STRANGER', 'ONLINE', '_O', '_U', '_N'])), name='referral_recruiter_code'), models.CheckConstraint(condition=models.Q(('duration__in', ['LT1M', 'M1T6', 'M7T12', 'M13T24', 'GT24M', '_U', '_N'])), name='referral_duration_code'), models.CheckConstraint(condition=models.Q(('unaccompanied_minor__in', ['YES', 'NO', '_Z', '_U', '_N'])), name='referral_unaccompanied_minor_code'), models.CheckConstraint(condition=models.Q(('guardian_assigned__in', ['YES', 'NO', '_Z', '_U', '_N'])), name='referral_guardian_assigned_code'), models.CheckConstraint(condition=models.Q(('services_needed__contained_by', ['ACCOMMODATION', 'HEALTH', 'PSYCHOLOGICAL', 'LEGAL', 'FINANCIAL', 'EDUCATION', 'INTERPRETATION', 'RETURN', 'PROTECTION', 'CHILD_GUARDIAN', 'CONTACT_PERSON', '_O']), ('services_needed', ['_N']), _connector='OR'), name='referral_services_needed_code'), models.CheckConstraint(condition=models.Q(('services_given__contained_by', ['ACCOMMODATION', 'HEALTH', 'PSYCHOLOGICAL', 'LEGAL', 'FINANCIAL', 'EDUCATION', 'INTERPRETATION', 'RETURN', 'PROTECTION', 'CHILD_GUARDIAN', 'CONTACT_PERSON', '_O']), ('services_given', ['_N']), _connector='OR'), name='referral_services_given_code'), models.CheckConstraint(condition=models.Q(('previously_referred__in', ['YES', 'NO', '_U', '_N'])), name='referral_previously_referred_code'), models.CheckConstraint(condition=models.Q(('consent__in', ['GIVEN', 'NOT_GIVEN', 'NOT_ASKED'])), name='referral_consent_code')],
                },
            ),
        ),
        InstallSQL("cases", "versions.sql", digest="eb448d6c9d5397ec"),
        InstallSQL("cases", "invented.sql", digest="309bdb1eb4520d80"),
        InstallSQL("cases", "agreement.sql", digest="f0d6b781c01d329c"),
        append_only("cases_inventeddata"),
        append_only("cases_case", but=["erase"]),
        append_only("cases_referral", but=["superseded_at", "erase", "erase:case_id", "purge"]),
        append_only("cases_assessment", but=["superseded_at", "erase", "erase:case_id"]),
        check_at_commit("succeeded", "henvis_check_succession", *RECORDS),
        check_insert("from_the_first", "henvis_check_no_records", "cases_inventeddata"),
        date_versions(*RECORDS),
        date("cases_case", "opened_at", HISTORY),
        check_added("agreed", "henvis_check_agreed", *RECORDS),
        grant("SELECT, INSERT", "cases_case", *RECORDS),
        grant("UPDATE (superseded_at)", *RECORDS),
        grant("SELECT", "cases_inventeddata"),
        # PostgreSQL takes any partner for one that has stored a two-hundredth of all referrals, and counts none of them. It would take
        # one that it has not counted yet for one without rows. Any index that begins with partners then seems better than the one that
        # finds a reference, and each lookup reads all rows of the partner.
        steps("ALTER TABLE cases_referral ALTER COLUMN partner_id SET STATISTICS 0"),
    ]
