import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/form/CopyButton';
import classes from './mail.module.css';

/** The exact lines by which a mail server hands mail over. */
export function ConnectHelp({ address }: { address: string }) {
  const { t } = useTranslation('mail');
  const postfix = `steward unix - n n - 4 pipe\n  flags=Rq user=steward argv=/usr/local/bin/steward mail receive --mailbox ${address}`;
  const exim = `steward_pipe:\n  driver = pipe\n  command = /usr/local/bin/steward mail receive --mailbox ${address}\n  user = steward\n  return_path_add\n  temp_errors = 75`;
  return (
    <Stack gap="sm">
      <Text size="sm">{t('connect.lead')}</Text>
      {[
        { name: 'Postfix (master.cf)', text: postfix },
        { name: 'Exim', text: exim },
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
