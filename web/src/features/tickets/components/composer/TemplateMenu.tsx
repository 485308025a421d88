import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderReplyTemplate, type TicketView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconNote } from '@/ui/icons';
import { useTemplates } from '../../hooks/use-completions';

interface TemplateMenuProps {
  ticket: TicketView;
  onText: (text: string) => void;
}

const SEARCH_FROM = 9;

/** Texts that are written once and used often, with the ticket's own words filled in. */
export function TemplateMenu({ ticket, onText }: TemplateMenuProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const [words, setWords] = useState('');
  const all = useTemplates(ticket);
  const fill = useMutation({
    mutationFn: (id: string) => renderReplyTemplate({ path: { key: ticket.number, template_id: id } }),
    onSuccess: ({ data: rendered }) => onText(rendered.text),
    onError: notifyProblem,
  });
  if (all.length === 0) return null;
  const shown = all.filter((template) => template.name.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Menu position="top-start" shadow="md" width={280} onClose={() => setWords('')}>
      <Menu.Target>
        <Button variant="subtle" loading={fill.isPending} leftSection={<IconNote aria-hidden size={15} />}>
          {t('composer.template')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {all.length >= SEARCH_FROM && (
          <Menu.Search
            aria-label={t('composer.findTemplate')}
            placeholder={t('common:filter.search')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        {shown.map((template) => (
          <Menu.Item key={template.id} onClick={() => fill.mutate(template.id)}>
            {template.name}
          </Menu.Item>
        ))}
        {shown.length === 0 && <Menu.Label>{t('common:form.nothingFound')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
