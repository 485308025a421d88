import { MultiSelect, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createUser, operation } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { SYSTEM_ROLES, useRoleName } from '../hooks/use-role-name';

const EMPTY = { first_name: '', last_name: '', email: '', username: '', password: '', roles: ['end_user'] };

/** A new person. */
export function UserForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const roleName = useRoleName();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: EMPTY,
    validate: {
      first_name: required(t('users.firstNameMissing')),
      email: required(t('users.emailMissing')),
      password: (value) => (value.length >= 12 ? null : t('users.passwordMissing')),
    },
    onSubmit: async (values) => {
      const { data } = await createUser({
        body: {
          ...values,
          email: values.email.trim(),
          username: values.username.trim() || undefined,
          roles: values.roles.length > 0 ? values.roles : undefined,
        },
      });
      notifications.show({ message: t('users.added', { name: data.name }), color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listUsers') });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('users.firstName')} data-autofocus {...form.getInputProps('first_name')} />
          <TextInput label={t('users.lastName')} {...form.getInputProps('last_name')} />
        </SimpleGrid>
        <TextInput label={t('users.email')} type="email" {...form.getInputProps('email')} />
        <TextInput
          label={`${t('users.username')} (${t('common:form.optional')})`}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label={t('users.password')}
          description={t('users.passwordHelp')}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <MultiSelect
          label={t('users.roles')}
          description={t('users.rolesHelp')}
          data={SYSTEM_ROLES.map((role) => ({ value: role, label: roleName(role) }))}
          {...form.getInputProps('roles')}
        />
      </Stack>
      <FormButtons submit={t('users.add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
