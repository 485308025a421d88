import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  getNotificationTemplateQueryKey,
  type NotificationTemplate,
  operation,
  previewNotificationTemplate,
  putNotificationTemplate,
  resetNotificationTemplate,
} from '@/api';
import { asApiError } from '@/lib/api-error';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { type Draft, inputOf } from '../template-draft';

const TYPING_MS = 400;

function pathOf({ matter, medium, language }: NotificationTemplate) {
  return { matter, medium, language };
}

/** What a template makes of a ticket while it is being written. */
export function useTemplatePreview(template: NotificationTemplate, draft: Draft, ticket: string | undefined) {
  const [sought] = useDebouncedValue(draft, TYPING_MS);
  const path = pathOf(template);
  return useQuery({
    queryKey: [{ _id: 'previewNotificationTemplate' as const, path, sought, ticket }],
    queryFn: async () =>
      (await previewNotificationTemplate({ path, body: { template: inputOf(path.medium, sought), ticket } })).data,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Keeping a template, and going back to the built-in one. */
export function useTemplateEdit(template: NotificationTemplate) {
  const { t } = useTranslation('notifications');
  const client = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const path = pathOf(template);
  const headers = { 'If-Match': `"${template.version}"` };
  const take = async (kept: NotificationTemplate) => {
    client.setQueryData(getNotificationTemplateQueryKey({ path }), kept);
    await client.invalidateQueries({ queryKey: operation('listNotificationTemplates') });
    await client.invalidateQueries({ queryKey: operation('listNotificationTemplateVersions') });
  };
  const keep = async (draft: Draft) => {
    setIsBusy(true);
    try {
      await take((await putNotificationTemplate({ path, body: inputOf(path.medium, draft), headers })).data);
      notifications.show({ message: t('templates.saved'), color: 'teal' });
      return true;
    } catch (error) {
      // Someone else changed it: the next attempt starts from theirs, with these words.
      if (asApiError(error).status === 412) {
        await client.invalidateQueries({ queryKey: operation('getNotificationTemplate') });
      }
      notifyProblem(error);
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  const reset = async () => {
    const { data } = await resetNotificationTemplate({ path, headers });
    await take(data);
    notifications.show({ message: t('templates.wasReset'), color: 'teal' });
    return data;
  };
  return { keep, reset, isBusy };
}
