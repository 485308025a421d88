import { Anchor, Container, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSelect } from '@/ui/language/LanguageSelect';
import { setLanguage } from '@/ui/language/set-language';
import { Logo } from '@/ui/page/Logo';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { NotFoundState } from '@/ui/page-states/NotFoundState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Prose } from '@/ui/text/Prose';
import { GUIDES, type Guide, isGuide, loadGuide } from '../guides';
import classes from './help-page.module.css';

const LABELS = { 'user-guide': 'user', 'admin-guide': 'admin' } as const;

/** The guides of the documentation, readable without leaving the application or signing in. */
export function HelpPage({ page }: { page: string }) {
  const { t, i18n } = useTranslation(['help', 'session']);
  return (
    <div className={classes.frame}>
      <header className={classes.header}>
        <Container size="lg" h="100%">
          <Group h="100%" gap="md" wrap="nowrap">
            <Link to="/" className="plain-link">
              <Logo />
            </Link>
            <Anchor size="sm" visibleFrom="xs" renderRoot={(props) => <Link to="/" {...props} />}>
              {t('help:back')}
            </Anchor>
            <Group ms="auto" gap="md" wrap="nowrap">
              <LanguageSelect
                size="sm"
                aria-label={t('session:language')}
                value={i18n.language}
                onChange={(language) => void setLanguage(language)}
              />
            </Group>
          </Group>
        </Container>
      </header>
      <Container size="lg" className={classes.columns}>
        <nav aria-label={t('help:pages')} className={classes.nav}>
          {GUIDES.map((name) => (
            <Link key={name} to="/help/$page" params={{ page: name }} className={classes.link}>
              {t(`help:${LABELS[name]}`)}
            </Link>
          ))}
          <a href="/api/docs" className={classes.link}>
            {t('help:api')}
          </a>
        </nav>
        <main id="content" tabIndex={-1} className={classes.main}>
          {isGuide(page) ? <Text key={page} page={page} /> : <NotFoundState />}
        </main>
      </Container>
    </div>
  );
}

function Text({ page }: { page: (typeof GUIDES)[number] }) {
  const { i18n } = useTranslation('help');
  const guide = useQuery({
    queryKey: ['guide', page, i18n.language],
    queryFn: () => loadGuide(page, i18n.language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (guide.isPending) return <SkeletonRows rows={8} />;
  if (guide.isError) return <ErrorState error={guide.error} onRetry={() => void guide.refetch()} isPage />;
  return guide.data ? <Content guide={guide.data} /> : <NotFoundState />;
}

function Content({ guide }: { guide: Guide }) {
  const { t } = useTranslation('help');
  const router = useRouter();
  /** Links between guides stay inside the application; they answer to the keyboard, this catches where they lead. */
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href') ?? '';
    if (!href.startsWith('/help/') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(href);
  };
  return (
    <article lang={guide.language}>
      <PageTitle fz={28} mb="sm">
        {guide.title}
      </PageTitle>
      <nav aria-label={t('parts')}>
        <ul className={classes.parts}>
          {guide.parts.map((part) => (
            <li key={part.id}>
              <Anchor href={`#${part.id}`} size="sm">
                {part.title}
              </Anchor>
            </li>
          ))}
        </ul>
      </nav>
      <div onClick={follow} className={classes.text}>
        <Prose html={guide.html} />
      </div>
    </article>
  );
}
