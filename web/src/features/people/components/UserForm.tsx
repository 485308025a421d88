import { MultiSelect, PasswordInput, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createUser, operation, type UserView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRoleChoices } from '../hooks/use-role-choices';

const EMPTY = {
  first_name: '',
  last_name: '',
  email: '',
  username: '',
  start: 'password',
  password: '',
  roles: ['end_user'],
};

interface UserFormProps {
  onClose: () => void;
  onAdded?: (user: UserView) => void;
}

/** A new person, with a first password or with a link to choose one. */
export function UserForm({ onClose, onAdded }: UserFormProps) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const roles = useRoleChoices();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: EMPTY,
    validate: {
      first_name: required(t('users.firstNameMissing')),
      email: required(t('users.emailMissing')),
      password: (value, { start }) => (start === 'link' || value.length >= 12 ? null : t('users.passwordMissing')),
    },
    onSubmit: async ({ start, ...values }) => {
      const { data } = await createUser({
        body: {
          ...values,
          email: values.email.trim(),
          username: values.username.trim() || undefined,
          password: start === 'link' ? undefined : values.password,
          roles: values.roles.length > 0 ? values.roles : undefined,
        },
      });
      const message =
        start === 'link' ? t('users.invited', { email: data.email }) : t('users.added', { name: data.name });
      notifications.show({ message, color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listUsers') });
      onClose();
      onAdded?.(data);
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
        <Radio.Group label={t('users.start')} {...form.getInputProps('start')}>
          <Stack gap={6} mt={4}>
            <Radio value="password" label={t('users.startPassword')} />
            <Radio value="link" label={t('users.startLink')} />
          </Stack>
        </Radio.Group>
        {form.values.start === 'password' && (
          <PasswordInput
            label={t('users.password')}
            description={t('users.passwordHelp')}
            autoComplete="new-password"
            aria-invalid={form.errors.password ? true : undefined}
            {...form.getInputProps('password')}
          />
        )}
        <MultiSelect
          label={t('users.roles')}
          description={t('users.rolesHelp')}
          data={roles}
          {...form.getInputProps('roles')}
        />
      </Stack>
      <FormButtons submit={t('users.add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
