import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationTemplate, TemplatePreview as Preview } from '@/api';
import { asApiError } from '@/lib/api-error';
import { Panel } from '@/ui/page/Panel';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './notifications.module.css';

const VIEWS = ['light', 'dark', 'text'] as const;
type View = (typeof VIEWS)[number];

/** The page as a mail program shows it that is light, or dark, whatever this device is. */
function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html.replace('(prefers-color-scheme:dark)', scheme === 'dark' ? 'all' : 'not all');
}

interface TemplatePreviewProps {
  preview: UseQueryResult<Preview>;
  template: NotificationTemplate;
  /** Number of the ticket on which it is tried. */
  on?: string;
}

/** What would be sent: a mail as page in light and dark and as plain text, or a message. */
export function TemplatePreview({ preview, template, on }: TemplatePreviewProps) {
  const { t } = useTranslation('notifications');
  const navigate = useNavigate();
  const { medium, matter, language } = template;
  const isMail = medium === 'email';
  const [view, setView] = useState<View>('light');
  const [ticket, setTicket] = useState(on ?? '');
  const keep = () =>
    void navigate({
      to: '/admin/notification-templates/$medium/$matter/$language',
      params: { medium, matter, language },
      search: { on: ticket.trim() || undefined },
      replace: true,
      resetScroll: false,
    });
  const problem = preview.isError ? asApiError(preview.error) : null;
  const written = preview.data;
  return (
    <Panel title={t('templates.preview')} lead={t(isMail ? 'templates.previewHelp' : 'templates.messagePreviewHelp')}>
      <Group gap="md" align="end" mb="sm">
        <TextInput
          size="sm"
          w={190}
          label={t('templates.on')}
          placeholder={t('templates.onNone')}
          value={ticket}
          error={problem?.status === 404 ? t('log.noTicket') : undefined}
          onChange={(event) => setTicket(event.currentTarget.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />
        {isMail && (
          <SegmentedControl
            aria-label={t('templates.view')}
            value={view}
            onChange={(word) => setView(VIEWS.find((each) => each === word) ?? 'light')}
            data={VIEWS.map((word) => ({ value: word, label: t(`view.${word}`) }))}
          />
        )}
      </Group>
      {problem && problem.status !== 404 && (
        <Text size="sm" c="red" role="alert" mb="sm">
          {problem.message}
        </Text>
      )}
      {!written && !problem && <SkeletonRows rows={4} />}
      {written && (isMail ? <MailPreview written={written} view={view} /> : <MessagePreview written={written} />)}
    </Panel>
  );
}

function MailPreview({ written, view }: { written: Preview; view: View }) {
  const { t } = useTranslation('notifications');
  return (
    <>
      <Text size="sm" fw={600} mb="xs" data-testid="preview-subject">
        {written.subject}
      </Text>
      {view === 'text' ? (
        <pre className={classes.plain} tabIndex={0} aria-label={t('part.text')}>
          {written.text}
        </pre>
      ) : (
        <iframe
          key={view}
          className={classes.frame}
          style={{ colorScheme: view }}
          title={t('templates.page')}
          sandbox=""
          srcDoc={inScheme(written.html ?? '', view)}
        />
      )}
    </>
  );
}

function MessagePreview({ written }: { written: Preview }) {
  const { t } = useTranslation('notifications');
  const { length, link } = written;
  return (
    <>
      <pre className={classes.plain} tabIndex={0} aria-label={t('templates.asMessage')}>
        {written.text}
      </pre>
      {link && (
        <Text size="xs" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('templates.linkUnder', { link })}
        </Text>
      )}
      {length && (
        <Text size="sm" mt="xs" data-testid="preview-length">
          {t('templates.length', { count: length.characters })}
          {length.segments != null && (
            <>
              {' · '}
              {t('templates.segments', { count: length.segments, most: length.most_segments })}
            </>
          )}
        </Text>
      )}
      <div role="status">
        {length?.is_cut && (
          <Text size="sm" c="red" mt={4}>
            {t('templates.isCut')}
          </Text>
        )}
      </div>
    </>
  );
}
