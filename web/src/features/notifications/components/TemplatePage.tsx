import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getNotificationTemplateOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { isReason } from '../model';
import { isLanguage } from '../schemas';
import classes from './notifications.module.css';
import { TemplateEditor } from './TemplateEditor';

interface TemplatePageProps {
  matter: string;
  language: string;
  /** Number of the ticket on which it is tried. */
  on?: string;
}

/** One template: what it says now, and writing another. */
export function TemplatePage({ matter, language, on }: TemplatePageProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const path = { matter, medium: 'email', language };
  const template = useQuery(getNotificationTemplateOptions({ path }));
  const name = isReason(matter) ? t(`reason.${matter}`) : t('templates.letter');
  return (
    <div className={classes.wide}>
      <PageHead
        title={isLanguage(language) ? `${name} · ${t(`language.${language}`)}` : name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('templates.title'), to: '/admin/notification-templates' },
        ]}
        lead={isReason(matter) ? t('templates.pageLead') : t('templates.letterLead')}
      />
      {template.isPending && <SkeletonRows rows={6} />}
      {template.isError && <ErrorState error={template.error} onRetry={() => void template.refetch()} />}
      {template.data && <TemplateEditor key={`${matter} ${language}`} template={template.data} on={on} />}
    </div>
  );
}
