import { Button, TextInput } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconSearch } from '@/ui/icons';
import classes from './home-search.module.css';
import { Suggestions } from './Suggestions';

/** One box for everything: known problems and own requests appear while typing; Enter reports. */
export function HomeSearch() {
  const { t } = useTranslation('portal');
  const router = useRouter();
  const [text, setText] = useState('');
  const title = text.trim() || undefined;
  return (
    <form
      role="search"
      className={classes.search}
      onSubmit={(event) => {
        event.preventDefault();
        void router.navigate({ to: '/portal/report', search: { title } });
      }}
    >
      <TextInput
        size="lg"
        aria-label={t('home.search')}
        placeholder={t('home.example')}
        leftSection={<IconSearch aria-hidden size={20} />}
        value={text}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="go"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Suggestions text={text} onFound={() => undefined} />
      <Button
        size="md"
        h={48}
        leftSection={<IconPlus aria-hidden size={20} />}
        renderRoot={(props) => <Link to="/portal/report" search={{ title }} {...props} />}
      >
        {t('home.report')}
      </Button>
    </form>
  );
}
