import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/form/CopyButton';
import classes from './mail.module.css';

/** The exact lines by which a mail server hands mail over. */
export function ConnectHelp({ address }: { address: string }) {
  const { t } = useTranslation('mail');
  const [user = '', domain = ''] = address.split('@');
  const command = `/usr/local/bin/steward mail receive --mailbox ${address}`;
  const service = `steward unix - n n - 4 pipe\n  flags=Rq user=steward directory=/etc/steward\n  argv=${command}`;
  const maps = [
    `relay_domains = ${domain}`,
    `relay_recipient_maps = inline:{ { ${address} = x } }`,
    `transport_maps = inline:{ { ${address} = steward: } }`,
    'recipient_delimiter = +',
  ].join('\n');
  const router = `steward:\n  driver = accept\n  domains = ${domain}\n  local_parts = ${user}\n  local_part_suffix = +*\n  local_part_suffix_optional\n  transport = steward_pipe`;
  const transport = `steward_pipe:\n  driver = pipe\n  command = ${command}\n  current_directory = /etc/steward\n  user = steward\n  return_path_add\n  envelope_to_add\n  temp_errors = 75`;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('connect.lead')}</Text>
      <Text size="sm">{t('connect.settings')}</Text>
      {[
        { name: 'Postfix (master.cf)', text: service },
        { name: 'Postfix (main.cf)', text: maps },
        { name: 'Exim (router)', text: router },
        { name: 'Exim (transport)', text: transport },
      ].map(({ name, text }) => (
        <div key={name}>
          <Text size="sm" fw={550}>
            {name}
          </Text>
          <pre className={classes.command}>{text}</pre>
          <CopyButton text={text} label={t('connect.copy', { name })} copied={t('connect.copied')} />
        </div>
      ))}
      <Text size="sm" c="dimmed">
        {t('connect.authenticate')}
      </Text>
    </Stack>
  );
}
