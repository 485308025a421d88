import { Anchor, Button, Code, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getSystemHealthOptions, type MailHealth, requestPasswordReset } from '@/api';
import { useMe } from '@/features/session/public';
import { asApiError } from '@/lib/api-error';
import { CopyButton } from '@/ui/form/CopyButton';
import { FormProblem } from '@/ui/form/FormProblem';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Step } from './Step';
import classes from './setup.module.css';

/** The two settings, as docs/operating.md names them. */
const SAMPLE = `STEWARD_SMTP_URL=smtps://USER:PASSWORD@mail.example.com
STEWARD_MAIL_FROM=Service desk <desk@example.com>`;

/** Whether mail goes out, and what to do so that it does. It can be left for later. */
export function MailStep({ number }: { number: number }) {
  const { t } = useTranslation('setup');
  const health = useQuery({ ...getSystemHealthOptions(), refetchOnMount: 'always' });
  const [isLeft, setIsLeft] = useState(false);
  const [hasLooked, setHasLooked] = useState(false);
  const step = { id: 'mail', number, title: t('mail.title'), help: t('mail.help') };
  if (health.isError) {
    return (
      <Step {...step}>
        <ErrorState error={health.error} onRetry={() => void health.refetch()} />
      </Step>
    );
  }
  if (!health.data) {
    return (
      <Step {...step}>
        <SkeletonRows rows={2} />
      </Step>
    );
  }
  if (health.data.mail.transport === 'smtp') {
    return (
      <Step {...step} done={t('mail.done')}>
        <TryMail mail={health.data.mail} />
      </Step>
    );
  }
  return (
    <Step {...step} left={isLeft ? t('mail.left') : null} onTakeUp={() => setIsLeft(false)}>
      <Text size="sm">{t('mail.missing')}</Text>
      <Text size="sm" mt="sm">
        {t('mail.how')}
      </Text>
      <Code block my="xs" className={classes.sample} tabIndex={0} aria-label={t('mail.sample')}>
        {SAMPLE}
      </Code>
      <Text size="sm" c="dimmed" mb="sm">
        {t('mail.files')}
      </Text>
      <Group gap="sm">
        <CopyButton text={SAMPLE} label={t('mail.copy')} copied={t('mail.copied')} />
        <Button
          size="sm"
          variant="default"
          loading={health.isFetching}
          onClick={() => void health.refetch().then(() => setHasLooked(true))}
        >
          {t('mail.again')}
        </Button>
        <Button
          size="sm"
          variant="subtle"
          aria-label={`${t('first.later')}: ${t('mail.title')}`}
          onClick={() => setIsLeft(true)}
        >
          {t('first.later')}
        </Button>
      </Group>
      <Text size="sm" role="status" mt={hasLooked ? 'sm' : 0}>
        {hasLooked && !health.isFetching && t('mail.still')}
      </Text>
    </Step>
  );
}

/** A mail that can be had at any time and does nothing by itself shows whether mail arrives. */
function TryMail({ mail }: { mail: MailHealth }) {
  const { t } = useTranslation('setup');
  const { email } = useMe();
  const attempt = useMutation({ mutationFn: () => requestPasswordReset({ body: { email } }) });
  return (
    <>
      {mail.failed > 0 && <Text size="sm">{t('mail.failed', { count: mail.failed })}</Text>}
      {attempt.isError && <FormProblem problem={asApiError(attempt.error)} />}
      <Text size="sm" mb="sm" role={attempt.isSuccess ? 'status' : undefined}>
        {attempt.isSuccess ? t('mail.tried', { email }) : t('mail.tryHelp')}
      </Text>
      <Group gap="sm">
        <Button size="sm" variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {t('mail.try', { email })}
        </Button>
        <Anchor size="sm" renderRoot={(props) => <Link to="/admin/deliveries" {...props} />}>
          {t('mail.look')}
        </Anchor>
      </Group>
    </>
  );
}
