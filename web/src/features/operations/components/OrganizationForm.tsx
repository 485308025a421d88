import { Alert, Checkbox, PasswordInput, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createOrganization, type OrganizationView, operation, updateOrganization } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface OrganizationFormProps {
  /** The one to change; a new one when null. */
  organization: OrganizationView | null;
  onClose: () => void;
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** An organization; a new one comes with its first administrator. */
export function OrganizationForm({ organization, onClose }: OrganizationFormProps) {
  const { t } = useTranslation(['admin', 'common']);
  const client = useQueryClient();
  const isNew = organization === null;
  const needed = (message: string) => (value: string) => (isNew ? required(message)(value) : null);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: {
      name: organization?.name ?? '',
      domain: organization?.domain ?? '',
      time_zone: organization?.time_zone ?? 'UTC',
      is_active: organization?.is_active ?? true,
      email: '',
      first_name: '',
      last_name: '',
      password: '',
    },
    validate: {
      name: required(t('organizations.nameMissing')),
      email: needed(t('organizations.emailMissing')),
      first_name: needed(t('organizations.firstNameMissing')),
    },
    onSubmit: async ({ name, domain, time_zone, is_active, password, ...admin }) => {
      if (organization) {
        const headers = { 'If-Match': `"${organization.version}"` };
        await updateOrganization({
          path: { id: organization.id },
          body: { name, domain, time_zone, is_active },
          headers,
        });
      } else {
        await createOrganization({
          body: {
            name,
            domain: domain || undefined,
            time_zone,
            admin: { ...admin, email: admin.email.trim(), password: password || undefined },
          },
        });
      }
      await client.invalidateQueries({ queryKey: operation('listOrganizations') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t('organizations.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
          <TextInput
            label={`${t('organizations.domain')} (${t('common:form.optional')})`}
            {...form.getInputProps('domain')}
          />
          <Select
            label={t('organizations.zone')}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('common:form.nothingFound')}
            data={ZONES}
            limit={50}
            {...form.getInputProps('time_zone')}
          />
        </SimpleGrid>
        {isNew ? (
          <>
            <Title order={3} fz={14}>
              {t('organizations.admin')}
            </Title>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('organizations.firstName')} {...form.getInputProps('first_name')} />
              <TextInput label={t('organizations.lastName')} {...form.getInputProps('last_name')} />
              <TextInput label={t('organizations.email')} type="email" {...form.getInputProps('email')} />
              <PasswordInput
                label={`${t('organizations.password')} (${t('common:form.optional')})`}
                description={t('organizations.passwordHelp')}
                autoComplete="new-password"
                {...form.getInputProps('password')}
              />
            </SimpleGrid>
          </>
        ) : (
          <Checkbox
            size="sm"
            label={t('organizations.mayEnter')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
        )}
        {!isNew && organization.is_active && !form.values.is_active && (
          <Alert color="orange">{t('organizations.endsSessions')}</Alert>
        )}
      </Stack>
      <FormButtons
        submit={isNew ? t('organizations.add') : t('common:form.save')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
