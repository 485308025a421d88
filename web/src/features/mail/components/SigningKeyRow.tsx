import { Badge, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DkimKey, deleteDkimKey, operation, updateDkimKey } from '@/api';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { CopyButton } from '@/ui/form/CopyButton';
import { Time } from '@/ui/time/Time';
import classes from './mail.module.css';

/** One key: whether it signs, and the record that lets others check it. */
export function SigningKeyRow({ dkim }: { dkim: DkimKey }) {
  const { t } = useTranslation('mail');
  const client = useQueryClient();
  const [isDeleting, setIsDeleting] = useState(false);
  const name = `${dkim.selector}, ${dkim.domain}`;
  const headers = { 'If-Match': `"${dkim.version}"` };
  const refresh = () => client.invalidateQueries({ queryKey: operation('listDkimKeys') });
  const turn = () => {
    updateDkimKey({ path: { id: dkim.id }, body: { is_active: !dkim.is_active }, headers })
      .then(async () => {
        await refresh();
        notifications.show({ message: dkim.is_active ? t('signing.off') : t('signing.on'), color: 'teal' });
      })
      .catch(async (error) => {
        notifyProblem(error);
        await refresh();
      });
  };
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div className={classes.grow}>
          <Group gap={6}>
            <Text fw={550}>{dkim.domain}</Text>
            <Badge color={dkim.is_active ? 'teal' : 'gray'}>
              {dkim.is_active ? t('signing.signs') : t('signing.waits')}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {t('signing.selector')} {dkim.selector} · <Time at={dkim.created_at} />
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant={dkim.is_active ? 'default' : 'filled'}
            aria-label={t(dkim.is_active ? 'signing.switchOffNamed' : 'signing.switchOnNamed', { name })}
            onClick={turn}
          >
            {dkim.is_active ? t('signing.switchOff') : t('signing.switchOn')}
          </Button>
          {!dkim.is_active && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('signing.deleteNamed', { name })}
              onClick={() => setIsDeleting(true)}
            >
              {t('signing.delete')}
            </Button>
          )}
        </Group>
      </Group>
      <Record label={t('signing.recordName')} text={dkim.record_name} />
      <Record label={t('signing.recordValue')} text={dkim.record_value} />
      <ConfirmDialog
        isOpen={isDeleting}
        title={t('signing.deleteTitle', { name })}
        confirm={t('signing.delete')}
        isDangerous
        onConfirm={async () => {
          await deleteDkimKey({ path: { id: dkim.id }, headers });
          await refresh();
        }}
        onClose={() => setIsDeleting(false)}
      >
        {t('signing.deleteHelp')}
      </ConfirmDialog>
    </li>
  );
}

function Record({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation('mail');
  return (
    <Group gap="xs" align="flex-start" mt={6} wrap="nowrap">
      <div className={classes.grow}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <code className={classes.record}>{text}</code>
      </div>
      <CopyButton
        size="compact-sm"
        flex="none"
        text={text}
        label={t('signing.copy')}
        aria-label={t('signing.copyNamed', { what: label })}
        copied={t('connect.copied')}
      />
    </Group>
  );
}
