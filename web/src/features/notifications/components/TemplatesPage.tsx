import { Anchor, Badge, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listNotificationTemplatesOptions, type NotificationTemplateRow } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { isReason } from '../model';
import { isLanguage, LANGUAGES, type TemplateLanguage, type TemplateSearch } from '../schemas';
import classes from './notifications.module.css';

/** How each notification is worded: the built-in words, or the organization's own. */
export function TemplatesPage({ search }: { search: TemplateSearch }) {
  const { t } = useTranslation(['notifications', 'common']);
  const navigate = useNavigate();
  const templates = useQuery(listNotificationTemplatesOptions());
  const language = search.language ?? 'en';
  const rows = templates.data?.data.filter((row) => row.language === language) ?? [];
  return (
    <div className={classes.page}>
      <PageHead
        title={t('templates.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('templates.lead')}
      />
      <Group>
        <SegmentedControl
          aria-label={t('templates.language')}
          value={language}
          onChange={(word) =>
            void navigate({
              to: '/admin/notification-templates',
              search: { language: isLanguage(word) && word !== 'en' ? word : undefined },
            })
          }
          data={LANGUAGES.map((word) => ({ value: word, label: t(`language.${word}`) }))}
        />
      </Group>
      {templates.isPending && <SkeletonRows rows={8} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {rows.length > 0 && (
        <Panel title={t('templates.mails')} lead={t('templates.mailsHelp')}>
          <ul className={classes.rows}>
            {rows.map((row) => (
              <TemplateRow key={row.matter} row={row} language={language} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function TemplateRow({ row, language }: { row: NotificationTemplateRow; language: TemplateLanguage }) {
  const { t } = useTranslation('notifications');
  const { matter } = row;
  return (
    <li className={classes.muted}>
      <div style={{ minWidth: 0 }}>
        <Anchor
          size="sm"
          fw={550}
          renderRoot={(props) => (
            <Link to="/admin/notification-templates/$matter/$language" params={{ matter, language }} {...props} />
          )}
        >
          {isReason(matter) ? t(`reason.${matter}`) : t('templates.letter')}
        </Anchor>
        <Text size="xs" c="dimmed">
          {isReason(matter) ? t(`about.${matter}`) : t('templates.letterHelp')}
        </Text>
      </div>
      <div style={{ flex: 'none', textAlign: 'end' }}>
        {row.is_own ? (
          <Badge variant="light">{t('templates.own')}</Badge>
        ) : (
          <Text size="xs" c="dimmed">
            {t('templates.builtIn')}
          </Text>
        )}
        {row.changed_at && (
          <Text size="xs" c="dimmed">
            {row.changed_by?.name} <Time at={row.changed_at} />
          </Text>
        )}
      </div>
    </li>
  );
}
