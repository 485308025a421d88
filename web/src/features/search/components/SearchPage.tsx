import { Anchor, Button, Container, Group, Paper, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SearchHit, searchOptions } from '@/api';
import { PriorityMark, StatusBadge } from '@/features/tickets/public';
import { pauseAfter } from '@/lib/search-words';
import { IconSearch } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Segments } from '@/ui/text/Segments';
import { Time } from '@/ui/time/Time';
import classes from './search.module.css';

/** Tickets by what was written in them, the matches marked. */
export function SearchPage({ words }: { words: string }) {
  const { t } = useTranslation('search');
  const navigate = useNavigate();
  const [text, setText] = useState(words);
  const field = useRef<HTMLInputElement>(null);
  // The page is for typing into this; after the heading has taken the focus.
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setText((before) => (before.trim() === words.trim() ? before : words)), [words]);
  useEffect(() => {
    if (text.trim() === words.trim()) return;
    const timer = setTimeout(
      () => void navigate({ to: '/agent/search', search: { q: text.trim() || undefined }, replace: true }),
      pauseAfter(text),
    );
    return () => clearTimeout(timer);
  }, [text, words, navigate]);
  const results = useQuery({
    ...searchOptions({ query: { q: words } }),
    enabled: words.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const hits = words.trim() ? (results.data?.data ?? []) : [];
  return (
    <Container size="md" py="md" ms={0}>
      <PageTitle mb="md">{t('title')}</PageTitle>
      <TextInput
        type="search"
        size="md"
        ref={field}
        aria-label={t('label')}
        placeholder={t('placeholder')}
        leftSection={<IconSearch aria-hidden size={17} />}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Examples
        onAdd={(filter) => {
          setText((before) => `${before.trim()} ${filter} `.trimStart());
          field.current?.focus();
        }}
      />
      <Group justify="space-between" mt="md" mb="xs" mih={22}>
        <Text size="sm" c="dimmed" role="status">
          {hits.length > 0 &&
            (results.data?.is_capped ? t('capped', { count: hits.length }) : t('count', { count: hits.length }))}
        </Text>
        {hits.length > 0 && (
          <Anchor
            size="sm"
            renderRoot={(props) => <Link to="/agent/tickets" search={{ search: words, view: 'all' }} {...props} />}
          >
            {t('asList')}
          </Anchor>
        )}
      </Group>
      {results.isLoading && <SkeletonRows rows={5} />}
      {results.isError && <ErrorState error={results.error} onRetry={() => void results.refetch()} />}
      {words.trim() === '' && <PageState icon={IconSearch} title={t('start')} description={t('help')} />}
      {results.isSuccess && words.trim() !== '' && hits.length === 0 && (
        <PageState icon={IconSearch} title={t('empty')} description={t('emptyHelp')} />
      )}
      {hits.length > 0 && (
        <Paper withBorder radius="md" bg="var(--steward-surface)">
          <ul className={classes.hits} aria-label={t('title')}>
            {hits.map((hit) => (
              <Hit key={hit.id} hit={hit} />
            ))}
          </ul>
        </Paper>
      )}
    </Container>
  );
}

/** One of each kind of filter, as it is typed. */
const FILTERS = ['is:open', 'priority:high', 'sla:breached', 'assignee:me', 'team:"Service desk"', 'tag:vpn'];

/** Filters in words, each a click away. */
function Examples({ onAdd }: { onAdd: (filter: string) => void }) {
  const { t } = useTranslation('search');
  return (
    <Group gap={6} mt={8}>
      <Text size="xs" c="dimmed">
        {t('filters')}
      </Text>
      {FILTERS.map((filter) => (
        <Button
          key={filter}
          variant="default"
          size="compact-xs"
          fw={400}
          ff="monospace"
          aria-label={t('try', { filter })}
          onClick={() => onAdd(filter)}
        >
          {filter}
        </Button>
      ))}
    </Group>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  return (
    <li className={classes.hit}>
      <Link to="/agent/incidents/$key" params={{ key: hit.number }} className={classes.link}>
        <span>{hit.title_segments.length > 0 ? <Segments segments={hit.title_segments} /> : hit.title}</span>
      </Link>
      {hit.excerpt.length > 0 && (
        <Text size="sm" className={classes.excerpt}>
          <Segments segments={hit.excerpt} />
        </Text>
      )}
      <Group gap="sm" mt={4} fz={13}>
        <Text span size="xs" c="dimmed">
          {hit.number}
        </Text>
        <StatusBadge status={hit.status} />
        <PriorityMark priority={hit.priority} />
        <Text span size="xs" c="dimmed">
          <Time at={hit.updated_at} />
        </Text>
      </Group>
    </li>
  );
}
