import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplatePreview as Preview } from '@/api';
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
  matter: string;
  language: string;
  /** Number of the ticket on which it is tried. */
  on?: string;
}

/** The mail as it would be sent, as page in light and dark and as plain text. */
export function TemplatePreview({ preview, matter, language, on }: TemplatePreviewProps) {
  const { t } = useTranslation('notifications');
  const navigate = useNavigate();
  const [view, setView] = useState<View>('light');
  const [ticket, setTicket] = useState(on ?? '');
  const keep = () =>
    void navigate({
      to: '/admin/notification-templates/$matter/$language',
      params: { matter, language },
      search: { on: ticket.trim() || undefined },
      replace: true,
      resetScroll: false,
    });
  const problem = preview.isError ? asApiError(preview.error) : null;
  const mail = preview.data;
  return (
    <Panel title={t('templates.preview')} lead={t('templates.previewHelp')}>
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
        <SegmentedControl
          aria-label={t('templates.view')}
          value={view}
          onChange={(word) => setView(VIEWS.find((each) => each === word) ?? 'light')}
          data={VIEWS.map((word) => ({ value: word, label: t(`view.${word}`) }))}
        />
      </Group>
      {problem && problem.status !== 404 && (
        <Text size="sm" c="red" role="alert" mb="sm">
          {problem.message}
        </Text>
      )}
      {!mail && !problem && <SkeletonRows rows={4} />}
      {mail && (
        <>
          <Text size="sm" fw={600} mb="xs" data-testid="preview-subject">
            {mail.subject}
          </Text>
          {view === 'text' ? (
            <pre className={classes.plain} tabIndex={0} aria-label={t('part.text')}>
              {mail.text}
            </pre>
          ) : (
            <iframe
              key={view}
              className={classes.frame}
              style={{ colorScheme: view }}
              title={t('templates.page')}
              sandbox=""
              srcDoc={inScheme(mail.html, view)}
            />
          )}
        </>
      )}
    </Panel>
  );
}
