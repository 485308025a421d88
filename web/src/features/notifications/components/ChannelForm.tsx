import { Checkbox, NativeSelect, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { createNotificationChannel, type NotificationChannel, updateNotificationChannel } from '@/api';
import { useTeamChoices } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { CHANNEL_KINDS, type ChannelKind, isChannelKind, TOPICS } from '../channel';

interface ChannelFormProps {
  /** None for a new one. */
  channel: NotificationChannel | null;
  onSaved: () => void;
  onClose: () => void;
}

interface Values extends Record<string, unknown> {
  kind: ChannelKind;
  name: string;
  team_id: string;
  topics: string[];
  url: string;
  provider: 'http' | 'twilio';
  from: string;
  account: string;
  secret: string;
  is_active: boolean;
}

function valuesOf(channel: NotificationChannel | null): Values {
  const kind = channel?.kind ?? null;
  return {
    kind: isChannelKind(kind) ? kind : 'slack',
    name: channel?.name ?? '',
    team_id: channel?.team?.id ?? '',
    topics: channel?.topics ?? [],
    url: '',
    provider: channel?.provider === 'twilio' ? 'twilio' : 'http',
    from: channel?.from ?? '',
    account: channel?.account ?? '',
    secret: '',
    is_active: channel?.is_active ?? false,
  };
}

/** What is sent: an empty address or secret stays as it is kept. */
function bodyOf(values: Values) {
  const isSms = values.kind === 'sms';
  const isTwilio = isSms && values.provider === 'twilio';
  return {
    name: values.name.trim(),
    team_id: isSms ? undefined : values.team_id || undefined,
    topics: isSms ? [] : values.topics,
    url: values.url.trim() || undefined,
    from: isSms ? values.from.trim() || undefined : undefined,
    account: isTwilio ? values.account.trim() || undefined : undefined,
    secret: isSms ? values.secret || undefined : undefined,
    provider: isSms ? values.provider : undefined,
    is_active: values.is_active,
  };
}

/** Sets a channel up; what was wrong stands by its field. */
export function ChannelForm({ channel, onSaved, onClose }: ChannelFormProps) {
  const { t } = useTranslation('notifications');
  const teams = useTeamChoices();
  const { form, formProps, problem, isSubmitting } = useAppForm<Values>({
    initialValues: valuesOf(channel),
    validate: { name: required(t('channels.nameMissing')) },
    onSubmit: async (values) => {
      const body = bodyOf(values);
      if (channel) {
        const headers = { 'If-Match': `"${channel.version}"` };
        await updateNotificationChannel({ path: { id: channel.id }, body, headers });
      } else {
        await createNotificationChannel({ body: { ...body, kind: values.kind } });
      }
      onSaved();
    },
  });
  const { kind, provider } = form.values;
  const isSms = kind === 'sms';
  const isNewProvider = isSms && channel !== null && channel.provider !== provider;
  const isKept = channel !== null && !isNewProvider;
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        {!channel && (
          <NativeSelect
            size="sm"
            label={t('channels.kind')}
            data={CHANNEL_KINDS.map((word) => ({ value: word, label: t(`kind.${word}`) }))}
            {...form.getInputProps('kind')}
          />
        )}
        <TextInput
          size="sm"
          label={t('channels.name')}
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {!isSms && (
          <Select
            size="sm"
            searchable
            label={t('channels.team')}
            description={t('channels.teamHelp')}
            data={teams}
            {...form.getInputProps('team_id')}
            value={form.values.team_id || null}
            onChange={(id) => form.setFieldValue('team_id', id ?? '')}
          />
        )}
        {isSms && (
          <NativeSelect
            size="sm"
            label={t('channels.provider')}
            description={isNewProvider ? t('channels.providerNew') : undefined}
            data={[
              { value: 'http', label: t('channels.http') },
              { value: 'twilio', label: t('channels.twilio') },
            ]}
            {...form.getInputProps('provider')}
          />
        )}
        <TextInput
          size="sm"
          type="url"
          label={t('channels.url')}
          description={isKept ? t('channels.urlKept', { host: channel?.host }) : t('channels.urlHelp')}
          placeholder={isSms && provider === 'twilio' ? 'https://api.twilio.com' : 'https://'}
          maxLength={2000}
          autoComplete="off"
          {...form.getInputProps('url')}
        />
        {isSms && (
          <>
            <TextInput
              size="sm"
              label={t('channels.from')}
              description={t('channels.fromHelp')}
              maxLength={20}
              {...form.getInputProps('from')}
            />
            {provider === 'twilio' && (
              <TextInput size="sm" label={t('channels.account')} maxLength={100} {...form.getInputProps('account')} />
            )}
            <PasswordInput
              size="sm"
              label={t('channels.secret')}
              description={isKept && channel?.has_secret ? t('channels.secretKept') : undefined}
              maxLength={500}
              autoComplete="off"
              {...form.getInputProps('secret')}
            />
          </>
        )}
        {!isSms && (
          <Checkbox.Group label={t('channels.topics')} {...form.getInputProps('topics')}>
            <Stack gap={6} mt={4}>
              {TOPICS.map((topic) => (
                <Checkbox key={topic} size="sm" value={topic} label={t(`topic.${topic}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Switch size="sm" label={t('channels.active')} {...form.getInputProps('is_active', { type: 'checkbox' })} />
      </Stack>
      <FormButtons submit={t('channels.save')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
