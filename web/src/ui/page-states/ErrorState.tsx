import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/lib/api-error';
import { problemWords } from '../feedback/problem-words';
import { IconAlert, IconForbidden, IconNotFound, IconOffline } from '../icons';
import { PageState } from './PageState';

type Kind = 'not_found' | 'forbidden' | 'offline' | 'session' | 'other';

const ICONS = {
  not_found: IconNotFound,
  forbidden: IconForbidden,
  offline: IconOffline,
  session: IconForbidden,
  other: IconAlert,
};

function kindOf(status: number): Kind {
  if (status === 404) return 'not_found';
  if (status === 403) return 'forbidden';
  if (status === 401) return 'session';
  return status === 0 ? 'offline' : 'other';
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  isPage?: boolean;
}

/** A failed request in words: what happened, what helps, and the request id to quote. */
export function ErrorState({ error, onRetry, isPage }: ErrorStateProps) {
  const { t } = useTranslation();
  const problem = asApiError(error);
  const kind = kindOf(problem.status);
  const isServerFault = kind === 'other';
  return (
    <PageState
      icon={ICONS[kind]}
      title={t(`state.${kind}.title`)}
      description={isServerFault && problem.message ? problemWords(problem).message : t(`state.${kind}.help`)}
      requestId={isServerFault ? problem.requestId : null}
      requestIdLabel={t('state.requestId')}
      isPage={isPage}
      isAlert
    >
      {onRetry && kind !== 'forbidden' && (
        <Button size="sm" variant="default" onClick={onRetry}>
          {t('state.retry')}
        </Button>
      )}
      <Button size="sm" component="a" href="/" variant={onRetry && kind !== 'forbidden' ? 'subtle' : 'default'}>
        {t('state.home')}
      </Button>
    </PageState>
  );
}
