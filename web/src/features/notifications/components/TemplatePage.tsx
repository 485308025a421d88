import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getNotificationTemplateOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useMatterName } from '../hooks/use-matter-name';
import { isChannel, isLanguage } from '../schemas';
import classes from './notifications.module.css';
import { TemplateEditor } from './TemplateEditor';

interface TemplatePageProps {
  medium: string;
  matter: string;
  language: string;
  /** Number of the ticket on which it is tried. */
  on?: string;
}

/** One template: what it says now, and writing another. */
export function TemplatePage({ medium, matter, language, on }: TemplatePageProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const path = { matter, medium, language };
  const template = useQuery(getNotificationTemplateOptions({ path }));
  const name = useMatterName(medium)(matter);
  const isMail = medium === 'email';
  const lead = isMail
    ? t(matter === 'letter' ? 'templates.letterLead' : 'templates.pageLead')
    : t(matter === 'letter' ? 'templates.messageLead' : 'templates.messagePageLead');
  const where = isChannel(medium) ? t(`kind.${medium}`) : medium;
  return (
    <div className={classes.wide}>
      <PageHead
        title={isLanguage(language) ? `${name} · ${where} · ${t(`language.${language}`)}` : name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('templates.title'), to: '/admin/notification-templates' },
        ]}
        lead={lead}
      />
      {template.isPending && <SkeletonRows rows={6} />}
      {template.isError && <ErrorState error={template.error} onRetry={() => void template.refetch()} />}
      {template.data && <TemplateEditor key={`${medium} ${matter} ${language}`} template={template.data} on={on} />}
    </div>
  );
}
