import { Checkbox, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createMailbox, type Mailbox, operation, updateMailbox } from '@/api';
import { useTeamChoices } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { fromForm, imapValues, type MailboxValues } from '../form';
import { ImapFields } from './ImapFields';

interface MailboxFormProps {
  /** The one to change; a new one when null. */
  mailbox: Mailbox | null;
  onClose: () => void;
}

/** An address, what its mail opens, whose mail it takes and from where it comes. */
export function MailboxForm({ mailbox, onClose }: MailboxFormProps) {
  const { t } = useTranslation(['mail', 'common']);
  const client = useQueryClient();
  const teams = useTeamChoices();
  const initialValues: MailboxValues = {
    address: mailbox?.address ?? '',
    sender_name: mailbox?.sender_name ?? '',
    is_enabled: mailbox?.is_enabled ?? true,
    takes_replies: mailbox?.takes_replies ?? true,
    unknown_senders: mailbox?.unknown_senders ?? 'refuse',
    allowed_domains: mailbox?.allowed_domains.join(', ') ?? '',
    accepts_automatic: mailbox?.accepts_automatic ?? false,
    ignores_spam: mailbox?.ignores_spam ?? true,
    trusted_server: mailbox?.trusted_server ?? '',
    team_id: mailbox?.team?.id ?? null,
    category: mailbox?.category ?? '',
    ...imapValues(mailbox?.imap ?? null),
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: {
      address: required(t('form.addressMissing')),
      allowed_domains: (value, values) =>
        values.unknown_senders === 'create_requester' && !value.trim() ? t('form.domainsMissing') : null,
      host: (value, values) => (values.has_imap && !value.trim() ? t('form.hostMissing') : null),
      user: (value, values) => (values.has_imap && !value.trim() ? t('form.userMissing') : null),
      move_to: (value, values) =>
        values.has_imap && values.after_fetching === 'move' && !value.trim() ? t('form.moveToMissing') : null,
    },
    onSubmit: async (values) => {
      const body = fromForm(values);
      if (mailbox) {
        await updateMailbox({ path: { id: mailbox.id }, body, headers: { 'If-Match': `"${mailbox.version}"` } });
      } else {
        await createMailbox({ body });
      }
      await client.invalidateQueries({ queryKey: operation('listMailboxes') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
      onClose();
    },
  });
  const adds = form.values.unknown_senders === 'create_requester';
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={t('form.address')}
            type="email"
            maxLength={254}
            data-autofocus
            {...form.getInputProps('address')}
          />
          <TextInput
            label={t('form.senderName')}
            description={t('form.senderNameHelp')}
            maxLength={100}
            {...form.getInputProps('sender_name')}
          />
          <Select
            label={t('form.team')}
            placeholder={t('mailboxes.noTeam')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
            nothingFoundMessage={t('common:form.nothingFound')}
            data={teams}
            {...form.getInputProps('team_id')}
          />
          <TextInput label={t('form.category')} maxLength={200} {...form.getInputProps('category')} />
          <Select
            label={t('form.unknown')}
            allowDeselect={false}
            data={[
              { value: 'refuse', label: t('form.refuse') },
              { value: 'create_requester', label: t('form.create') },
            ]}
            {...form.getInputProps('unknown_senders')}
          />
          {adds && (
            <TextInput
              label={t('form.domains')}
              description={t('form.domainsHelp')}
              {...form.getInputProps('allowed_domains')}
            />
          )}
          <TextInput
            label={t('form.trusted')}
            description={t('form.trustedHelp')}
            maxLength={253}
            {...form.getInputProps('trusted_server')}
          />
        </SimpleGrid>
        <Checkbox label={t('form.automatic')} {...form.getInputProps('accepts_automatic', { type: 'checkbox' })} />
        <Checkbox label={t('form.spam')} {...form.getInputProps('ignores_spam', { type: 'checkbox' })} />
        <Checkbox label={t('form.takesReplies')} {...form.getInputProps('takes_replies', { type: 'checkbox' })} />
        <Checkbox label={t('form.enabled')} {...form.getInputProps('is_enabled', { type: 'checkbox' })} />
        <Checkbox label={t('form.fetch')} {...form.getInputProps('has_imap', { type: 'checkbox' })} />
        {form.values.has_imap && <ImapFields form={form} hasPassword={mailbox?.imap?.has_password ?? false} />}
      </Stack>
      <FormButtons
        submit={mailbox ? t('common:form.save') : t('mailboxes.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
