import { PasswordInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { MailboxValues } from '../form';

interface ImapFieldsProps {
  form: UseFormReturnType<MailboxValues>;
  hasPassword: boolean;
}

/** From which server and folder mail is fetched. */
export function ImapFields({ form, hasPassword }: ImapFieldsProps) {
  const { t } = useTranslation('mail');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput label={t('imap.host')} maxLength={253} {...form.getInputProps('host')} />
      <TextInput label={t('imap.port')} inputMode="numeric" maxLength={5} {...form.getInputProps('port')} />
      <Select
        label={t('imap.security')}
        allowDeselect={false}
        data={[
          { value: 'tls', label: t('imap.tls') },
          { value: 'starttls', label: t('imap.starttls') },
          { value: 'none', label: t('imap.none') },
        ]}
        {...form.getInputProps('security')}
      />
      <TextInput label={t('imap.user')} maxLength={254} autoComplete="off" {...form.getInputProps('user')} />
      <PasswordInput
        label={t('imap.password')}
        description={hasPassword ? t('imap.passwordKept') : undefined}
        maxLength={1000}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <TextInput label={t('imap.folder')} maxLength={200} {...form.getInputProps('folder')} />
      <Select
        label={t('imap.after')}
        allowDeselect={false}
        data={[
          { value: 'mark_seen', label: t('imap.markSeen') },
          { value: 'move', label: t('imap.move') },
        ]}
        {...form.getInputProps('after_fetching')}
      />
      {form.values.after_fetching === 'move' && (
        <TextInput label={t('imap.moveTo')} maxLength={200} {...form.getInputProps('move_to')} />
      )}
    </SimpleGrid>
  );
}
