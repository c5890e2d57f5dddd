package dev.steward.config;

import java.util.Map;
import java.util.Optional;

/** The configuration file as it is written. */
@Doc("The configuration of Steward on one machine. Relative paths are relative to this file's folder.")
@FreeKeys("x-")
@Later(key = "jobs", what = "schedules")
@Later(key = "health", what = "self-test")
@Later(key = "channels", what = "alerts")
@Later(key = "checks", what = "checks")
@Later(key = "publish", what = "mirror")
@Later(key = "expect", what = "expectations")
record RootSection(
        @Doc("This machine's name.")
        @Otherwise("the host's name")
        @Matches(value = AgentSection.NAME, saying = AgentSection.NAME_SAYING)
        Optional<String> node,

        @Doc("Where Steward writes.") PathsSection paths,

        @Doc("What Steward keeps alive, by name.")
        @Default("{}")
        @Matches(value = AgentSection.NAME, saying = AgentSection.NAME_SAYING)
        Map<String, AgentSection> agents,

        @Doc("How logs are rotated, and what is kept of them.")
        LogsSection logs,

        @Doc("What carries work orders, acknowledgements and heartbeats: embedded, an address of Redis, or a section.")
        @Default("embedded")
        BusSection bus,

        @Doc("Inboxes that the daemon receives for programs which read the folder themselves, by name.")
        @Default("{}")
        @Matches(value = InboxSection.NAME, saying = InboxSection.NAME_SAYING)
        Map<String, InboxSection> inboxes,

        @Doc("Programs that handle the orders of an inbox, by name.")
        @Default("{}")
        @Matches(value = AgentSection.NAME, saying = AgentSection.NAME_SAYING)
        Map<String, WorkerSection> workers,

        @Doc("What holds for every work order of this node.")
        OrdersSection orders)
        implements Section {

    @Override
    public void validate(Scope at) {
        new AgentsChecks(agents, at.key("agents")).run();
        new InboxesChecks(this, at).run();
    }
}
