import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmMfa, type EnrollmentView, enrollMfa } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import classes from './profile.module.css';
import { RecoveryCodes } from './RecoveryCodes';

/** Three steps: the password, the QR code with a first code, the recovery codes. */
export function EnrolSecondFactor({ onDone }: { onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<EnrollmentView | null>(null);
  const [codes, setCodes] = useState<string[]>([]);
  if (codes.length > 0) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (enrolment) return <Scan enrolment={enrolment} onConfirmed={setCodes} />;
  return <AskPassword onEnrolled={setEnrolment} />;
}

function AskPassword({ onEnrolled }: { onEnrolled: (enrolment: EnrollmentView) => void }) {
  const { t } = useTranslation('profile');
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { password: '' },
    validate: { password: required(t('mfa.passwordMissing')) },
    onSubmit: async (body) => onEnrolled((await enrollMfa({ body })).data),
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <PasswordInput
          size="md"
          label={t('mfa.password')}
          description={t('mfa.passwordHelp')}
          autoComplete="current-password"
          data-autofocus
          aria-invalid={form.errors.password ? true : undefined}
          {...form.getInputProps('password')}
        />
        <Button size="md" type="submit" loading={isSubmitting}>
          {t('mfa.next')}
        </Button>
      </Stack>
    </form>
  );
}

interface ScanProps {
  enrolment: EnrollmentView;
  onConfirmed: (codes: string[]) => void;
}

function Scan({ enrolment, onConfirmed }: ScanProps) {
  const { t } = useTranslation('profile');
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { code: '' },
    validate: { code: required(t('mfa.codeMissing')) },
    onSubmit: async ({ code }) =>
      onConfirmed((await confirmMfa({ body: { code: code.replaceAll(' ', '') } })).data.recovery_codes),
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <div>
          <Text fw={600}>{t('mfa.scan')}</Text>
          <Text size="sm" c="dimmed">
            {t('mfa.scanHelp')}
          </Text>
        </div>
        <img src={enrolment.qr_code} alt={t('mfa.qr')} className={classes.qr} />
        <Anchor href={enrolment.otpauth_uri} size="sm" hiddenFrom="sm">
          {t('mfa.open')}
        </Anchor>
        <div>
          <Text size="sm" mb={4}>
            {t('mfa.secret')}
          </Text>
          <code className={classes.secret}>{enrolment.secret}</code>
        </div>
        <TextInput
          size="md"
          label={t('mfa.firstCode')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          data-autofocus
          autoFocus
          {...form.getInputProps('code')}
        />
        <Button size="md" type="submit" loading={isSubmitting}>
          {t('mfa.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
