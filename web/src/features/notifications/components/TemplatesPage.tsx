import { Anchor, Badge, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listNotificationTemplatesOptions, type NotificationTemplateRow } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { useMatterName } from '../hooks/use-matter-name';
import { isReason } from '../model';
import { CHANNELS, isChannel, isLanguage, LANGUAGES, type TemplateSearch } from '../schemas';
import classes from './notifications.module.css';

/** How each notification is worded: the built-in words, or the organization's own. */
export function TemplatesPage({ search }: { search: TemplateSearch }) {
  const { t } = useTranslation(['notifications', 'common']);
  const navigate = useNavigate();
  const templates = useQuery(listNotificationTemplatesOptions());
  const { language = 'en', medium = 'email' } = search;
  const rows = templates.data?.data.filter((row) => row.language === language && row.medium === medium) ?? [];
  const isMail = medium === 'email';
  const show = (change: TemplateSearch) =>
    void navigate({ to: '/admin/notification-templates', search: { ...search, ...change }, replace: true });
  return (
    <div className={classes.page}>
      <PageHead
        title={t('templates.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('templates.lead')}
      />
      <Group align="end">
        <Select
          size="sm"
          w={220}
          label={t('templates.medium')}
          allowDeselect={false}
          value={medium}
          onChange={(word) => show({ medium: word && isChannel(word) && word !== 'email' ? word : undefined })}
          data={CHANNELS.map((word) => ({ value: word, label: t(`kind.${word}`) }))}
        />
        <SegmentedControl
          aria-label={t('templates.language')}
          value={language}
          onChange={(word) => show({ language: isLanguage(word) && word !== 'en' ? word : undefined })}
          data={LANGUAGES.map((word) => ({ value: word, label: t(`language.${word}`) }))}
        />
      </Group>
      {templates.isPending && <SkeletonRows rows={8} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {rows.length > 0 && (
        <Panel
          title={t(isMail ? 'templates.mails' : 'templates.messages')}
          lead={t(isMail ? 'templates.mailsHelp' : 'templates.messagesHelp')}
        >
          <ul className={classes.rows}>
            {rows.map((row) => (
              <TemplateRow key={row.matter} row={row} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function TemplateRow({ row }: { row: NotificationTemplateRow }) {
  const { t } = useTranslation('notifications');
  const { matter, medium, language } = row;
  const name = useMatterName(medium);
  const isMail = medium === 'email';
  const frame = t(isMail ? 'templates.letterHelp' : 'templates.messageHelp');
  return (
    <li className={classes.muted}>
      <div style={{ minWidth: 0 }}>
        <Anchor
          size="sm"
          fw={550}
          renderRoot={(props) => (
            <Link
              to="/admin/notification-templates/$medium/$matter/$language"
              params={{ medium, matter, language }}
              {...props}
            />
          )}
        >
          {name(matter)}
        </Anchor>
        <Text size="xs" c="dimmed">
          {matter === 'letter' && frame}
          {isMail && isReason(matter) && t(`about.${matter}`)}
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
