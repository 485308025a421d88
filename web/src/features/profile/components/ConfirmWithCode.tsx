import { PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface ConfirmWithCodeProps {
  lead?: string;
  submit: string;
  onCancel: () => void;
  onConfirm: (input: { password: string; code: string }) => Promise<void>;
}

/** Password and code, asked for again before something that weakens an account. */
export function ConfirmWithCode({ lead, submit, onCancel, onConfirm }: ConfirmWithCodeProps) {
  const { t } = useTranslation('profile');
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { password: '', code: '' },
    validate: { password: required(t('mfa.passwordMissing')), code: required(t('mfa.codeMissing')) },
    onSubmit: ({ password, code }) => onConfirm({ password, code: code.trim() }),
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        {lead && <Text size="sm">{lead}</Text>}
        <FormProblem problem={problem} />
        <PasswordInput
          size="sm"
          label={t('mfa.password')}
          autoComplete="current-password"
          data-autofocus
          aria-invalid={form.errors.password ? true : undefined}
          {...form.getInputProps('password')}
        />
        <TextInput
          size="sm"
          label={t('mfa.code')}
          description={t('mfa.codeHelp')}
          autoComplete="one-time-code"
          maxLength={64}
          {...form.getInputProps('code')}
        />
      </Stack>
      <FormButtons submit={submit} isSubmitting={isSubmitting} onCancel={onCancel} />
    </form>
  );
}
