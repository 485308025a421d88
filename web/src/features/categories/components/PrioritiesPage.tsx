import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getPriorityMatrixOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './categories.module.css';
import { MatrixForm } from './MatrixForm';

/** How impact and urgency make a priority. */
export function PrioritiesPage() {
  const { t } = useTranslation(['admin', 'common']);
  const query = useQuery(getPriorityMatrixOptions());
  return (
    <div className={classes.page}>
      <PageHead
        title={t('matrix.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('matrix.lead')}
      />
      {query.isPending && <SkeletonRows rows={4} height={36} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <MatrixForm matrix={query.data} />}
    </div>
  );
}
