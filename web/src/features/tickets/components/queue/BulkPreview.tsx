import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Refusable } from '@/ui/action/Refusable';
import { IconAlert, IconCheck } from '@/ui/icons';
import type { BulkSummary } from '../../bulk';
import { RefusedTable } from './RefusedTable';

interface BulkPreviewProps {
  summary: Pick<BulkSummary, 'done' | 'refused'>;
  isBusy: boolean;
  onBack: () => void;
  onGo: () => void;
}

/** What would become of the tickets, before anything is changed. */
export function BulkPreview({ summary: { done, refused }, isBusy, onBack, onGo }: BulkPreviewProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const isClean = refused.length === 0;
  return (
    <>
      <Alert
        color={isClean ? 'teal' : 'orange'}
        role="status"
        icon={isClean ? <IconCheck aria-hidden size={18} /> : <IconAlert aria-hidden size={18} />}
        title={t('bulk.wouldChange', { count: done })}
      >
        {isClean ? t('bulk.noneRefused') : t('bulk.wouldRefuse', { count: refused.length })}
      </Alert>
      {!isClean && <RefusedTable refused={refused} />}
      <Group justify="flex-end" mt="md">
        <Refusable reason={isBusy ? t('common:refused.sending') : null}>
          <Button variant="default" onClick={onBack}>
            {t('common:form.back')}
          </Button>
        </Refusable>
        <Refusable reason={done === 0 ? t('bulk.allRefused') : null}>
          <Button data-autofocus loading={isBusy} onClick={onGo}>
            {t('bulk.go', { count: done })}
          </Button>
        </Refusable>
      </Group>
    </>
  );
}
