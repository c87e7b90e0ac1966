package parley.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

@AnalyzeClasses(packages = "parley.ledger", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule THE_FOLD_IS_PURE =
            noClasses()
                    .that()
                    .resideInAPackage("parley.ledger.fold")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..",
                            "javax.sql..",
                            "java.io..",
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "jakarta..",
                            "io.quarkus..",
                            "org.apache.kafka..",
                            "org.postgresql..",
                            "parley.ledger.books..",
                            "parley.ledger.intake..",
                            "parley.ledger.views..")
                    .because("what a case amounts to hangs on its events alone");

    @ArchTest
    static final ArchRule NO_CLOCK =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("parley.ledger.intake.ReadPast")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(OffsetDateTime.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("a replay of the same events must give the same rows");

    @ArchTest
    static final ArchRule ONE_WAY_OFF_THE_LOG =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("parley.ledger.intake")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..")
                    .because("whatever reads a record otherwise would not move the position");

    @ArchTest
    static final ArchRule SQL_STAYS_WITH_THE_BOOKS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("parley.ledger.books")
                    .and()
                    .doNotHaveFullyQualifiedName("parley.ledger.views.Reader")
                    .and()
                    .doNotHaveFullyQualifiedName("parley.ledger.views.PositionWatch")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Connection.class, Statement.class, PreparedStatement.class)
                    .because("the books have one pen, and all who read see them at one position");

    @ArchTest
    static final ArchRule HTTP_STAYS_AT_THE_DOOR =
            noClasses()
                    .that()
                    .haveSimpleNameNotEndingWith("Resource")
                    .and()
                    .haveSimpleNameNotEndingWith("Filter")
                    .and()
                    .haveNameNotMatching(
                            "parley\\.ledger\\.views\\.(Moment|Page|Problem|ReadException)"
                                    + "|parley\\.ledger\\.stream\\.\\w*Listener.*|parley\\.ledger\\.dashboard\\.Choice")
                    .and()
                    .haveNameNotMatching(".*_Subclass|.*_ClientProxy|.*_Bean|.*\\$quarkus.*")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.ws.rs..")
                    .because("what is answered does not hang on how it is asked");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("parley.ledger.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a package is a step of the way, and the way has one direction");
}
