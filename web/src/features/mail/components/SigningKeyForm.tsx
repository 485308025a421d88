import { Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createDkimKey, operation } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface SigningKeyFormProps {
  /** Of the address that mail is sent from. */
  domain: string;
  onClose: () => void;
}

/** Makes a key; it signs once it is switched on. */
export function SigningKeyForm({ domain, onClose }: SigningKeyFormProps) {
  const { t } = useTranslation('mail');
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { domain, selector: '' },
    validate: { domain: required(t('signing.domainMissing')) },
    onSubmit: async (values) => {
      const selector = values.selector.trim() || undefined;
      await createDkimKey({ body: { domain: values.domain.trim(), selector } });
      await client.invalidateQueries({ queryKey: operation('listDkimKeys') });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          size="sm"
          label={t('signing.domain')}
          description={t('signing.domainHelp')}
          maxLength={253}
          data-autofocus
          {...form.getInputProps('domain')}
        />
        <TextInput
          size="sm"
          label={t('signing.selector')}
          description={t('signing.selectorHelp')}
          maxLength={63}
          {...form.getInputProps('selector')}
        />
        <Text size="sm" c="dimmed">
          {t('signing.addHelp')}
        </Text>
      </Stack>
      <FormButtons submit={t('signing.make')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
