import { Button, Select, Stack, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { announceSession, getMeQueryKey, login, setUp } from '@/api';
import { MIN_PASSWORD } from '@/features/session/public';
import { asApiError, toApiError } from '@/lib/api-error';
import { FormProblem } from '@/ui/form/FormProblem';
import { NewPassword } from '@/ui/form/NewPassword';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import classes from './setup.module.css';

/** Fields of the person stand below `admin` in the API, and by themselves in the form. */
function flat(error: unknown): unknown {
  const { status, code, title, detail, requestId, fields } = asApiError(error);
  const errors = fields.map((item) => ({ ...item, field: item.field.replace('admin.', '') }));
  return toApiError({ code, title, detail, errors }, status, requestId);
}

/** The organization and who administers it, who is signed in at once. */
export function SetupForm({ code }: { code: string }) {
  const { t, i18n } = useTranslation('setup');
  const router = useRouter();
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: {
      code,
      name: '',
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      first_name: '',
      last_name: '',
      email: '',
      password: '',
    },
    validate: {
      code: required(t('codeMissing')),
      name: required(t('nameMissing')),
      first_name: required(t('firstNameMissing')),
      last_name: required(t('lastNameMissing')),
      email: required(t('emailMissing')),
      password: (value) => (value.length < MIN_PASSWORD ? t('passwordShort') : null),
    },
    onSubmit: async (values) => {
      const email = values.email.trim();
      const admin = {
        email,
        first_name: values.first_name.trim(),
        last_name: values.last_name.trim(),
        password: values.password,
      };
      const body = {
        code: values.code.trim(),
        name: values.name.trim(),
        time_zone: values.time_zone,
        locale: i18n.language.split('-')[0] ?? 'en',
        admin,
      };
      await setUp({ body }).catch((error) => {
        throw flat(error);
      });
      const session = await login({
        body: { email, password: values.password },
        headers: { 'X-Steward-Session': 'cookie' },
      });
      announceSession();
      client.clear();
      client.setQueryData(getMeQueryKey(), session.data.user);
      await router.navigate({ to: '/agent/first-steps' });
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          size="md"
          label={t('code')}
          description={t('codeHelp')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          {...form.getInputProps('code')}
        />
        <Title order={2} fz={16} mt="xs">
          {t('organization')}
        </Title>
        <TextInput
          size="md"
          label={t('name')}
          description={t('nameHelp')}
          maxLength={100}
          autoComplete="organization"
          {...form.getInputProps('name')}
        />
        <Select
          size="md"
          label={t('timeZone')}
          searchable
          allowDeselect={false}
          data={Intl.supportedValuesOf('timeZone').concat('UTC')}
          limit={50}
          {...form.getInputProps('time_zone')}
        />
        <Title order={2} fz={16} mt="xs">
          {t('administrator')}
        </Title>
        <div className={classes.two}>
          <TextInput
            size="md"
            label={t('firstName')}
            maxLength={100}
            autoComplete="given-name"
            {...form.getInputProps('first_name')}
          />
          <TextInput
            size="md"
            label={t('lastName')}
            maxLength={100}
            autoComplete="family-name"
            {...form.getInputProps('last_name')}
          />
        </div>
        <TextInput
          size="md"
          type="email"
          label={t('email')}
          description={t('emailHelp')}
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <NewPassword label={t('password')} description={t('passwordHelp')} {...form.getInputProps('password')} />
        <Button size="md" type="submit" loading={isSubmitting}>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  );
}
