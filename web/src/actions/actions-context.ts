import { createContext } from 'react';
import { ActionRegistry } from './registry';

export const ActionsContext = createContext(new ActionRegistry());
