import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createSite, operation, type SiteView, updateSite } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface SiteFormProps {
  /** The one to change; a new one when null. */
  site: SiteView | null;
  onClose: () => void;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** A place where people work. */
export function SiteForm({ site, onClose }: SiteFormProps) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const initialValues: { name: string; address: string; time_zone: string | null } = {
    name: site?.name ?? '',
    address: site?.address ?? '',
    time_zone: site?.time_zone ?? null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { name: required(t('sites.nameMissing')) },
    onSubmit: async (values) => {
      if (site) {
        await updateSite({ path: { id: site.id }, body: values, headers: { 'If-Match': `"${site.version}"` } });
      } else {
        await createSite({ body: values });
      }
      await client.invalidateQueries({ queryKey: operation('listSites') });
      const message = site ? t('common:form.saved') : t('sites.added', { name: values.name });
      notifications.show({ message, color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('sites.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Textarea label={t('sites.address')} maxLength={500} autosize minRows={2} {...form.getInputProps('address')} />
        <Select
          label={t('sites.zone')}
          placeholder={t('users.asOrganization')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={ZONES}
          limit={50}
          {...form.getInputProps('time_zone')}
        />
      </Stack>
      <FormButtons
        submit={site ? t('common:form.save') : t('sites.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
