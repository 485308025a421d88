import { Alert, Button, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DkimKeys, listDkimKeysOptions } from '@/api';
import { IconPlus, IconShield } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './mail.module.css';
import { SigningKeyForm } from './SigningKeyForm';
import { SigningKeyRow } from './SigningKeyRow';

/** The keys that sign mail, and what to publish of each, for operators. */
export function SigningPage() {
  const { t } = useTranslation(['mail', 'common']);
  const [isAdding, setIsAdding] = useState(false);
  const answer = useQuery(listDkimKeysOptions());
  const add = (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
      {t('signing.add')}
    </Button>
  );
  return (
    <div className={classes.page}>
      <PageHead
        title={t('signing.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('signing.lead')}
      >
        {answer.data && answer.data.data.length > 0 && add}
      </PageHead>
      {answer.isPending && <SkeletonRows rows={3} height={36} />}
      {answer.isError && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && answer.data.data.length === 0 && (
        <PageState icon={IconShield} title={t('signing.empty')} description={t('signing.emptyHelp')}>
          {add}
        </PageState>
      )}
      {answer.data && answer.data.data.length > 0 && <Keys keys={answer.data} />}
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('signing.add')}>
        <SigningKeyForm domain={answer.data?.sender_domain ?? ''} onClose={() => setIsAdding(false)} />
      </Modal>
    </div>
  );
}

function Keys({ keys }: { keys: DkimKeys }) {
  const { t } = useTranslation('mail');
  return (
    <Stack gap="md">
      {!keys.is_signed && keys.sender_domain && (
        <Alert color="yellow" title={t('signing.unsigned', { domain: keys.sender_domain })}>
          {t('signing.unsignedHelp')}
        </Alert>
      )}
      <Panel title={t('signing.keys')}>
        <ul className={classes.rows}>
          {keys.data.map((key) => (
            <SigningKeyRow key={key.id} dkim={key} />
          ))}
        </ul>
      </Panel>
    </Stack>
  );
}
