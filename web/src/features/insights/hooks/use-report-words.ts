import { useTranslation } from 'react-i18next';
import type { MeasureView } from '@/api';

interface Named {
  name: string;
  title: string;
  definition: string;
}

/** What a report and its measures are called and mean; what a newer server adds keeps the server's words. */
export function useReportWords() {
  const { t } = useTranslation('insights');
  return {
    title: ({ name, title }: Named) => t(`text.${name}.title`, { defaultValue: title }),
    definition: ({ name, definition }: Named) => t(`text.${name}.definition`, { defaultValue: definition }),
    measure: ({ name }: Named, measure: MeasureView) =>
      t(`text.${name}.${measure.name}`, { defaultValue: measure.definition }),
  };
}
