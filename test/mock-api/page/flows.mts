import type { Section } from './servePage.mts';

/** What can happen to a flow outside n8n. */
export interface FlowAction<TFlow> {
	/** The button's tooltip. */
	description: string;
	isPossible(flow: TFlow): boolean;
	apply(flow: TFlow, siblings: TFlow[]): void;
}

interface Flow {
	id: string;
	name: string;
	status: string;
	categories: string[];
}

interface Source<TFlow> {
	/** Flows by the title of their group, such as a WABA. */
	getGroups(): Map<string, TFlow[]>;
	getErrorCount(flow: TFlow): number;
	/** By name; the button shows the name. */
	actions: Record<string, FlowAction<TFlow>>;
	/** Restores the initial flows. */
	reset(): void;
}

/** The flows of a mock API, each with the actions that are possible now. */
export function createFlowsSection<TFlow extends Flow>(source: Source<TFlow>): Section {
	const toState = (flow: TFlow) => ({
		id: flow.id,
		name: flow.name,
		status: flow.status,
		categories: flow.categories,
		errors: source.getErrorCount(flow),
		actions: Object.entries(source.actions)
			.filter(([, action]) => action.isPossible(flow))
			.map(([name, { description }]) => ({ name, description })),
	});
	const runAction = (id: string, { isPossible, apply }: FlowAction<TFlow>) => {
		for (const flows of source.getGroups().values()) {
			const flow = flows.find((each) => each.id === id);
			if (!flow) continue;
			if (!isPossible(flow)) return false;
			apply(flow, flows);
			return true;
		}
		return false;
	};
	return {
		getState: () =>
			[...source.getGroups()].map(([title, flows]) => ({ title, flows: flows.map(toState) })),
		actions: {
			...Object.fromEntries(
				Object.entries(source.actions).map(([name, action]) => [
					name,
					(id: string) => runAction(id, action),
				]),
			),
			reset: () => {
				source.reset();
				return true;
			},
		},
	};
}
