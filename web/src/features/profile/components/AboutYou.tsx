import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, getMeQueryKey, type UserView, updateMe } from '@/api';
import { adoptPreferences, useMe } from '@/features/session/public';
import { asApiError } from '@/lib/api-error';
import { isLanguage } from '@/lib/language';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { LanguageSelect } from '@/ui/language/LanguageSelect';
import { setLanguage } from '@/ui/language/set-language';
import { formValues, instantOf } from '../model';
import { Card } from './Card';
import classes from './profile.module.css';

/** Name, how to reach someone, their language, zone and absence. */
export function AboutYou() {
  const { t } = useTranslation('profile');
  const me = useMe();
  const client = useQueryClient();
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const take = (user: UserView) => client.setQueryData(getMeQueryKey(), user);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: formValues(me),
    validate: {
      first_name: required(t('you.firstNameMissing')),
      last_name: required(t('you.lastNameMissing')),
      away_from: (from, all) => (Boolean(from) === Boolean(all.away_until) ? null : t('you.awayBoth')),
      away_until: (until, all) => (until && all.away_from && until < all.away_from ? t('you.awayOrder') : null),
    },
    onSubmit: async (values) => {
      const body = {
        first_name: values.first_name.trim(),
        last_name: values.last_name.trim(),
        phone: values.phone.trim() || null,
        time_zone: values.time_zone || null,
        locale: values.locale || null,
        away_from: instantOf(values.away_from, 'begin'),
        away_until: instantOf(values.away_until, 'end'),
      };
      try {
        const { data } = await updateMe({ body, headers: { 'If-Match': `"${me.version}"` } });
        take(data);
        if (data.locale !== me.locale && !data.locale) await setLanguage(null);
        await adoptPreferences(data);
        notifications.show({ message: t('you.saved'), color: 'teal' });
      } catch (error) {
        // Someone else changed the record: the next attempt starts from theirs.
        if (asApiError(error).status === 412) take((await getMe()).data);
        throw error;
      }
    },
  });
  const isStale = problem?.status === 412;
  const choice = isLanguage(form.values.locale.split('-')[0]) ? form.values.locale.split('-')[0] : '';
  return (
    <Card title={t('section.you')} lead={t('you.lead')}>
      <form {...formProps}>
        <Stack gap="md">
          {isStale ? (
            <Alert color="orange" role="alert" title={t('you.changedElsewhere')}>
              {t('you.changedElsewhereHelp')}
            </Alert>
          ) : (
            <FormProblem problem={problem} />
          )}
          <div className={classes.two}>
            <TextInput
              size="sm"
              label={t('you.firstName')}
              maxLength={100}
              autoComplete="given-name"
              {...form.getInputProps('first_name')}
            />
            <TextInput
              size="sm"
              label={t('you.lastName')}
              maxLength={100}
              autoComplete="family-name"
              {...form.getInputProps('last_name')}
            />
            <TextInput
              size="sm"
              label={t('you.phone')}
              type="tel"
              maxLength={40}
              autoComplete="tel"
              {...form.getInputProps('phone')}
            />
            <TextInput
              size="sm"
              label={t('you.email')}
              value={me.email}
              readOnly
              description={t('you.emailHelp')}
              inputWrapperOrder={['label', 'input', 'description']}
            />
            <LanguageSelect
              size="sm"
              label={t('you.language')}
              value={choice ?? ''}
              auto={t('you.languageAuto')}
              onChange={(language) => form.setFieldValue('locale', language)}
            />
            <Select
              size="sm"
              label={t('you.timeZone')}
              searchable
              clearable
              placeholder={t('you.asBrowser', { zone: here })}
              data={zones}
              limit={50}
              {...form.getInputProps('time_zone')}
              value={form.values.time_zone || null}
              onChange={(zone) => form.setFieldValue('time_zone', zone ?? '')}
            />
          </div>
          <div>
            <Text size="sm" fw={600}>
              {t('you.away')}
            </Text>
            <Text size="sm" c="dimmed" mb="xs">
              {t('you.awayHelp')}
            </Text>
            <div className={classes.two}>
              <TextInput size="sm" type="date" label={t('you.awayFrom')} {...form.getInputProps('away_from')} />
              <TextInput size="sm" type="date" label={t('you.awayUntil')} {...form.getInputProps('away_until')} />
            </div>
          </div>
          <Group justify="flex-end">
            <Button size="md" type="submit" loading={isSubmitting}>
              {t('you.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
